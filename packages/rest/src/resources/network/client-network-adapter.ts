import { resource } from '../../schema/declare.js';
import { flag, integer, links, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/**
 * A virtual Ethernet adapter of a partition. Order of the three VirtualStationInterface elements as on the wire,
 * not as in the table of pypowervm (3.9).
 */
export const ClientNetworkAdapter = resource(
  'ClientNetworkAdapter',
  {
    evidence: 'protocol reference 3.9; captures cna_feed.txt, fake_cna.txt',
    parents: ['LogicalPartition', 'VirtualIOServer'],
  },
  {
    adapterType: text('AdapterType', 'unseen'),
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
    enabled: flag('Enabled', 'UOD', { since: 'V1_3_0' }),
    allowedOperatingSystemMACAddresses: text('AllowedOperatingSystemMACAddresses', 'CUD'),
    macAddress: text('MACAddress', 'CUR', { note: '12 upper-case hexadecimal digits.' }),
    portVLANID: integer('PortVLANID', 'CUR'),
    qualityOfServicePriority: integer('QualityOfServicePriority', 'CUD'),
    qualityOfServicePriorityEnabled: flag('QualityOfServicePriorityEnabled', 'CUD'),
    taggedVLANIDs: text('TaggedVLANIDs', 'CUA', { note: 'Integers separated by one blank.' }),
    taggedVLANSupported: flag('TaggedVLANSupported', 'CUA'),
    virtualStationInterfaceTypeID: text('VirtualStationInterfaceTypeID', 'ROR'),
    virtualStationInterfaceTypeVersion: text('VirtualStationInterfaceTypeVersion', 'ROR'),
    virtualStationInterfaceManagerID: text('VirtualStationInterfaceManagerID', 'ROR'),
    associatedVirtualSwitch: links('AssociatedVirtualSwitch', 'CUD'),
    virtualSwitchID: integer('VirtualSwitchID', 'ROR'),
    ipAddress: text('IPAddress', 'ROR', { since: 'V1_6_0', group: 'Advanced' }),
    subnetMask: text('SubnetMask', 'ROR', { since: 'V1_6_0', group: 'Advanced' }),
    gateway: text('Gateway', 'ROR', { since: 'V1_6_0', group: 'Advanced' }),
    deviceName: text('DeviceName', 'unseen'),
    trunkPriority: integer('TrunkPriority', 'CUD', { note: 'Present on trunk adapters only.' }),
    configuredMTU: integer('ConfiguredMTU', 'CUD', { since: 'V1_6_0' }),
    ovsBridge: text('OvsBridge', 'CUD', { since: 'V1_6_0' }),
    ovsPortExternalIds: text('OvsPortExternalIds', 'CUD', { since: 'V1_6_0' }),
    virtualNetworks: links('VirtualNetworks', 'CUR'),
  },
);
export type ClientNetworkAdapter = Lens<typeof ClientNetworkAdapter>;
