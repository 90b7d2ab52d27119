import type { CallOptions } from '../flow/index.js';
import type { Host } from '../host/host.js';
import type { SwitchFacts } from '../host/switches.js';
import type { Log } from '../log.js';
import type { Partition } from '../partition/partition.js';
import { createAdapter } from './adapters.js';

/** The switch and VLAN over which RMC reaches the NovaLink partition (requirements 1.3). */
export const managementSwitch = 'MGMTSWITCH';
const managementVlan = 4094;

/** The management switch, if partitions are to have an interface on it (MGT-1). */
export async function findManagementSwitch(
  host: Host,
  log: Log,
  call: CallOptions,
): Promise<SwitchFacts | undefined> {
  if (!host.options.use_rmc_mgmt_vif) return undefined;
  const found = await host.switches.find(managementSwitch, call);
  if (!found)
    log.warn(
      `${host.system.lastFacts.name} has no virtual switch ${managementSwitch}: partitions get no management interface, ` +
        'so no RMC; hot attach and live migration will not work (MGT-3, MGT-4)',
    );
  return found;
}

/** Gives a new partition its management interface; nothing where there is no management switch. */
export async function plugManagementInterface(
  host: Host,
  partition: Partition,
  mac: string,
  { log, ...call }: CallOptions & { log: Log },
): Promise<void> {
  const found = await findManagementSwitch(host, log, call);
  if (!found) return;
  await createAdapter(host.session, partition, { switchHref: found.href, vlan: managementVlan, mac }, call);
}
