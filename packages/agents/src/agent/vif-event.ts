import type { PowerVMEvent } from '@openstack-powervm/rest';
import { restMac } from '../mac.js';
import type { PlugRequest } from './plug-request.js';

/** Marks events that the compute driver sends after plugging and unplugging (VIF-11, section 1.3). */
const PROVIDER = 'NOVA_PVM_VIF';

/**
 * The request that an event makes of the agent for interfaces of one type; undefined for every other event. The type
 * is compared here, before anything is asked of Neutron: a look-up would throw a port that another agent has marked
 * up back to BUILD (EVR-2, B-51).
 */
export function requestOf(event: PowerVMEvent, vifType: string): PlugRequest | undefined {
  if (event.kind !== 'custom' || event.data === undefined || event.rawDetail === undefined) return undefined;
  const { provider, action, mac, type } = parse(event.rawDetail);
  if (provider !== PROVIDER || type !== vifType || typeof mac !== 'string') return undefined;
  if (action !== 'plug' && action !== 'unplug') return undefined;
  const partition = /\/LogicalPartition\/([0-9a-f-]{36})\b/i.exec(event.data)?.[1];
  return partition === undefined ? undefined : { action, mac: restMac(mac), partition };
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
