import { resource } from '../../schema/declare.js';
import { integer, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { ServerAdapter } from './virtual-adapters.js';

/** A virtual Fibre Channel adapter as the partition lists it. */
export const VirtualFibreChannelClientAdapter = resource(
  'VirtualFibreChannelClientAdapter',
  { evidence: 'protocol reference 3.15; capture vfc_client_adapter_feed.txt', parents: ['LogicalPartition'] },
  {
    adapterType: text('AdapterType', 'ROR'),
    dynamicReconfigurationConnectorName: text('DynamicReconfigurationConnectorName', 'CUD'),
    locationCode: text('LocationCode', 'ROR'),
    localPartitionID: integer('LocalPartitionID', 'CUR'),
    virtualSlotNumber: integer('VirtualSlotNumber', 'COD'),
    connectingPartitionID: integer('ConnectingPartitionID', 'CUR'),
    connectingVirtualSlotNumber: integer('ConnectingVirtualSlotNumber', 'CUR'),
    serverAdapter: nested(ServerAdapter, 'ServerAdapter', 'CUR'),
    wwpns: text('WWPNs', 'CUR'),
  },
);
export type VirtualFibreChannelClientAdapter = Lens<typeof VirtualFibreChannelClientAdapter>;
