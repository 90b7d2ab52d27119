import type { ManagedSystemReader } from '../host/managed-system.js';
import { VirtualSwitches } from '../host/switches.js';
import { managementSwitch } from '../network/management.js';
import type { HostCheck } from './check-host.js';
import { type Finding, ok, warning } from './finding.js';

/** The switch that carries the management interfaces of partitions (MGT-1). */
export async function checkSwitches(
  { session, options, call }: HostCheck,
  system: ManagedSystemReader,
): Promise<Finding[]> {
  if (!options.use_rmc_mgmt_vif) return [];
  const found = await new VirtualSwitches(session, system.id).find(managementSwitch, call);
  if (found) return [ok('switch', `management switch ${managementSwitch} is there`)];
  return [
    warning(
      'switch',
      `${system.lastFacts.name} has no virtual switch ${managementSwitch}: partitions get no RMC connection`,
      `create ${managementSwitch} (NovaLink's installer does), or set [powervm] use_rmc_mgmt_vif to false`,
    ),
  ];
}
