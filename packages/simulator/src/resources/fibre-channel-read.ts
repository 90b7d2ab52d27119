import type { VirtualFibreChannelMapping } from '@openstack-powervm/rest';
import type { ChannelRequest } from '../world/fibre-channel-update.js';
import { uuidOfReference } from '../world/identity.js';
import { invalid } from '../world/refusal.js';

/** What a posted VirtualFibreChannelMapping asks for (protocol reference 3.15). */
export function readChannel(posted: VirtualFibreChannelMapping): ChannelRequest {
  const { serverAdapter, clientAdapter, port, associatedLogicalPartition: href } = posted;
  if (serverAdapter === undefined) throw invalid('A VirtualFibreChannelMapping needs a ServerAdapter.');
  const text = (clientAdapter?.wwpns ?? '').toLowerCase().replaceAll(':', '').trim();
  return {
    partition: href === undefined ? undefined : uuidOfReference(href),
    serverSlot: serverAdapter.useNextAvailableSlotID === true ? undefined : serverAdapter.virtualSlotNumber,
    clientSlot: clientAdapter?.useNextAvailableSlotID === true ? undefined : clientAdapter?.virtualSlotNumber,
    wwpns: text === '' ? [] : text.split(/\s+/),
    portName: port?.portName,
  };
}
