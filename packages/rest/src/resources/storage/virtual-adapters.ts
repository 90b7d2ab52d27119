import { element } from '../../schema/declare.js';
import { flag, integer, link, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { PhysicalFibreChannelPort } from './fibre-channel-port.js';

/**
 * The VIOS side of a virtual SCSI or virtual Fibre Channel pair. `Remote…` (SCSI) and `Connecting…` (Fibre
 * Channel) name the client.
 */
export const ServerAdapter = element(
  'ServerAdapter',
  { evidence: 'protocol reference 3.14, 3.15; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    adapterType: text('AdapterType', 'ROR', { values: ['Server'] }),
    dynamicReconfigurationConnectorName: text('DynamicReconfigurationConnectorName', 'CUD'),
    locationCode: text('LocationCode', 'ROR'),
    localPartitionID: integer('LocalPartitionID', 'CUR'),
    requiredAdapter: flag('RequiredAdapter', 'CUD'),
    variedOn: flag('VariedOn', 'CUD', { volatile: true }),
    useNextAvailableSlotID: flag('UseNextAvailableSlotID', 'unseen'),
    useNextAvailableHighSlotID: flag('UseNextAvailableHighSlotID', 'unseen', {
      note: 'NovaLink; an HMC takes UseNextAvailableSlotID.',
    }),
    virtualSlotNumber: integer('VirtualSlotNumber', 'COD'),
    enabled: flag('Enabled', 'unseen'),
    adapterName: text('AdapterName', 'CUR'),
    backingDeviceName: text('BackingDeviceName', 'CUR'),
    remoteBackingDeviceName: text('RemoteBackingDeviceName', 'unseen'),
    remoteLogicalPartitionID: integer('RemoteLogicalPartitionID', 'CUR'),
    connectingPartition: link('ConnectingPartition', 'unseen'),
    connectingPartitionID: integer('ConnectingPartitionID', 'CUR'),
    remoteSlotNumber: integer('RemoteSlotNumber', 'CUA', { note: '65535 accepts any client.' }),
    connectingVirtualSlotNumber: integer('ConnectingVirtualSlotNumber', 'CUR'),
    serverLocationCode: text('ServerLocationCode', 'CUR'),
    uniqueDeviceID: text('UniqueDeviceID', 'CUR'),
    mapPort: text('MapPort', 'CUR'),
    physicalPort: nested(PhysicalFibreChannelPort, 'PhysicalPort', 'CUD'),
  },
);
export type ServerAdapter = Lens<typeof ServerAdapter>;

/**
 * The partition side of a virtual SCSI or virtual Fibre Channel pair. `Remote…` (SCSI) and `Connecting…` (Fibre
 * Channel) name the VIOS.
 */
export const ClientAdapter = element(
  'ClientAdapter',
  { evidence: 'protocol reference 3.14, 3.15; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    adapterType: text('AdapterType', 'ROR', { values: ['Client'] }),
    dynamicReconfigurationConnectorName: text('DynamicReconfigurationConnectorName', 'CUD'),
    locationCode: text('LocationCode', 'ROR'),
    localPartitionID: integer('LocalPartitionID', 'CUR'),
    requiredAdapter: flag('RequiredAdapter', 'CUD'),
    variedOn: flag('VariedOn', 'CUD', { volatile: true }),
    useNextAvailableSlotID: flag('UseNextAvailableSlotID', 'unseen'),
    useNextAvailableHighSlotID: flag('UseNextAvailableHighSlotID', 'unseen', {
      note: 'NovaLink; an HMC takes UseNextAvailableSlotID.',
    }),
    virtualSlotNumber: integer('VirtualSlotNumber', 'COD'),
    enabled: flag('Enabled', 'unseen'),
    adapterName: text('AdapterName', 'unseen'),
    backingDeviceName: text('BackingDeviceName', 'unseen'),
    remoteBackingDeviceName: text('RemoteBackingDeviceName', 'unseen'),
    remoteLogicalPartitionID: integer('RemoteLogicalPartitionID', 'CUR'),
    connectingPartition: link('ConnectingPartition', 'unseen'),
    connectingPartitionID: integer('ConnectingPartitionID', 'CUR'),
    remoteSlotNumber: integer('RemoteSlotNumber', 'CUA'),
    connectingVirtualSlotNumber: integer('ConnectingVirtualSlotNumber', 'CUR'),
    serverLocationCode: text('ServerLocationCode', 'CUR'),
    uniqueDeviceID: text('UniqueDeviceID', 'unseen'),
    serverAdapter: nested(ServerAdapter, 'ServerAdapter', 'unseen'),
    wwpns: text('WWPNs', 'CUR', { note: 'Two WWPNs separated by a blank.' }),
    nportLoggedInStatus: text('NportLoggedInStatus', 'unseen'),
    operatingSystemDisks: text('OperatingSystemDisks', 'unseen'),
  },
);
export type ClientAdapter = Lens<typeof ClientAdapter>;
