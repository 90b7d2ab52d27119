import { element } from '../../schema/declare.js';
import { link, nested } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { PhysicalFibreChannelPort } from './fibre-channel-port.js';
import { Storage } from './storage.js';
import { ClientAdapter, ServerAdapter } from './virtual-adapters.js';

/** A virtual Fibre Channel pair and the physical port behind it. Without Port it is not backed. */
export const VirtualFibreChannelMapping = element(
  'VirtualFibreChannelMapping',
  { evidence: 'protocol reference 3.15; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    associatedLogicalPartition: link('AssociatedLogicalPartition', 'CUR'),
    clientAdapter: nested(ClientAdapter, 'ClientAdapter', 'CUR'),
    port: nested(PhysicalFibreChannelPort, 'Port', 'CUR'),
    serverAdapter: nested(ServerAdapter, 'ServerAdapter', 'CUR'),
    storage: nested(Storage, 'Storage', 'unseen'),
  },
);
export type VirtualFibreChannelMapping = Lens<typeof VirtualFibreChannelMapping>;
