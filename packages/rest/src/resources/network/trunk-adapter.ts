import { element } from '../../schema/declare.js';
import { flag, integer, links, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/**
 * A trunk adapter of a VIOS, usually below a shared Ethernet adapter. Client-built ones carry no Metadata (2.5);
 * servers accept either.
 */
export const TrunkAdapter = element(
  'TrunkAdapter',
  { evidence: 'protocol reference 3.8; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    dynamicReconfigurationConnectorName: text('DynamicReconfigurationConnectorName', 'CUD'),
    locationCode: text('LocationCode', 'ROR'),
    requiredAdapter: flag('RequiredAdapter', 'CUD'),
    variedOn: flag('VariedOn', 'CUD', { volatile: true }),
    localPartitionID: integer('LocalPartitionID', 'CUR'),
    useNextAvailableSlotID: flag('UseNextAvailableSlotID', 'unseen'),
    useNextAvailableHighSlotID: flag('UseNextAvailableHighSlotID', 'unseen', {
      note: 'NovaLink; an HMC takes UseNextAvailableSlotID.',
    }),
    virtualSlotNumber: integer('VirtualSlotNumber', 'COD'),
    allowedOperatingSystemMACAddresses: text('AllowedOperatingSystemMACAddresses', 'CUD'),
    enabled: flag('Enabled', 'UOD', { since: 'V1_3_0' }),
    macAddress: text('MACAddress', 'CUR'),
    portVLANID: integer('PortVLANID', 'CUR'),
    qualityOfServicePriorityEnabled: flag('QualityOfServicePriorityEnabled', 'CUD'),
    taggedVLANIDs: text('TaggedVLANIDs', 'CUA', { note: 'Integers separated by one blank.' }),
    taggedVLANSupported: flag('TaggedVLANSupported', 'CUA'),
    associatedVirtualSwitch: links('AssociatedVirtualSwitch', 'CUD'),
    virtualSwitchID: integer('VirtualSwitchID', 'ROR'),
    deviceName: text('DeviceName', 'ROR'),
    trunkPriority: integer('TrunkPriority', 'CUD', { note: '1 on the primary adapter, 2 on the other.' }),
  },
);
export type TrunkAdapter = Lens<typeof TrunkAdapter>;
