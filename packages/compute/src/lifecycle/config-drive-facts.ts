import type { Vif, WithVifs } from '../contract/index.js';
import type { Operation } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { linkLocalAddress, managementMac } from '../network/mac.js';
import { findManagementSwitch } from '../network/management.js';
import { partitionUuidOf } from '../partition/naming.js';
import { managementMacKey } from './spawn.js';

/** What the config drive of an instance must say and only the platform side knows. */
export interface ConfigDriveFacts {
  /** Lower case; cloud-init compares it with the machine's UUID (CD-4). */
  readonly partitionUuid: string;
  /** The management interface the partition will get, if any (MGT-1). */
  readonly management: { readonly mac: string; readonly ipv6Address: string | null } | null;
  /** By port id, the VIF type for the network data (CD-5). */
  readonly vifTypes: Record<string, string>;
}

export async function configDriveFacts(
  host: Host,
  { log, signal }: Operation,
  { instance, vifs }: WithVifs,
): Promise<ConfigDriveFacts> {
  const hasManagement = await findManagementSwitch(host, log, { signal });
  const mac = instance.systemMetadata[managementMacKey] ?? managementMac(instance.uuid);
  const ipv6Address = host.options.use_rmc_ipv6_scheme ? linkLocalAddress(mac) : null;
  return {
    partitionUuid: partitionUuidOf(instance.uuid).toLowerCase(),
    management: hasManagement ? { mac, ipv6Address } : null,
    vifTypes: Object.fromEntries(vifs.map((vif) => [vif.id, knownToCloudInit(vif)])),
  };
}

/** cloud-init knows only some names; all but Open vSwitch become `vif` (CD-5, L-100). */
function knownToCloudInit({ type }: Vif): string {
  return type === 'ovs' ? 'ovs' : 'vif';
}
