import type { PowerVMEvent } from '@openstack-powervm/rest';
import { restMac } from '../mac.js';
import type { PortRequest, PrepareRequest } from './plug-request.js';

/** Marks events that the compute driver sends after plugging and unplugging (VIF-11, section 1.3). */
const PROVIDER = 'NOVA_PVM_VIF';

/**
 * The request that an event makes of the agent for interfaces of one type; undefined for every other event. The type
 * is compared here, before anything is asked of Neutron: a look-up would throw a port that another agent has marked
 * up back to BUILD (EVR-2, B-51).
 */
export function requestOf(event: PowerVMEvent, vifType: string): PortRequest | undefined {
  if (event.kind !== 'custom' || event.data === undefined || event.rawDetail === undefined) return undefined;
  const detail = parse(event.rawDetail);
  const { provider, action, mac, type } = detail;
  if (provider !== PROVIDER || type !== vifType || typeof mac !== 'string') return undefined;
  const partition = /\/LogicalPartition\/([0-9a-f-]{36})\b/i.exec(event.data)?.[1];
  if (partition === undefined) return undefined;
  if (action === 'prepare') return prepareRequestOf(detail, restMac(mac), partition);
  return action === 'plug' || action === 'unplug' ? { action, mac: restMac(mac), partition } : undefined;
}

/** The driver at the destination of a live migration says `physical_network` and `vlan` (LMP-8). */
function prepareRequestOf(
  { physical_network: physicalNetwork, vlan }: Record<string, unknown>,
  mac: string,
  partition: string,
): PrepareRequest | undefined {
  if (typeof physicalNetwork !== 'string') return undefined;
  return { action: 'prepare', mac, partition, physicalNetwork, vlan: typeof vlan === 'number' ? vlan : null };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Some other client's event; the detail is free text.
    return {};
  }
}
