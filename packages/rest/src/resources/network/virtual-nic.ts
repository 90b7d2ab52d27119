import { element, resource } from '../../schema/declare.js';
import { elements, flag, integer, link, list, nested, percent, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** A logical port of a VIOS behind a vNIC. */
export const VirtualNICSRIOVBackingDevice = element(
  'VirtualNICSRIOVBackingDevice',
  { evidence: 'protocol reference 3.11; capture vnic_feed.txt' },
  {
    deviceType: text('DeviceType', 'COR'),
    associatedVirtualIOServer: link('AssociatedVirtualIOServer', 'COR'),
    associatedVirtualNICSwitch: link('AssociatedVirtualNICSwitch', 'unseen'),
    associatedVirtualNICDedicated: link('AssociatedVirtualNICDedicated', 'unseen'),
    isActive: flag('IsActive', 'ROR', { since: 'V1_4_0' }),
    status: text('Status', 'ROR', {
      since: 'V1_4_0',
      values: [
        'OPERATIONAL',
        'POWERED_OFF',
        'LINK_DOWN',
        'NETWORK_ERROR',
        'UNRESPONSIVE',
        'ADAPTER_ERROR',
        'UNKNOWN',
      ],
    }),
    failOverPriority: integer('FailOverPriority', 'unseen', {
      since: 'V1_4_0',
      note: '1 to 100, the lower is preferred.',
    }),
    backingDeviceAction: text('BackingDeviceAction', 'unseen'),
    relatedSRIOVAdapterID: integer('RelatedSRIOVAdapterID', 'COR'),
    currentCapacityPercentage: percent('CurrentCapacityPercentage', 'COD'),
    maxCapacityPercentage: percent('MaxCapacityPercentage', 'COD'),
    relatedSRIOVPhysicalPortID: integer('RelatedSRIOVPhysicalPortID', 'COR'),
    relatedSRIOVLogicalPort: link('RelatedSRIOVLogicalPort', 'ROR'),
    desiredCapacityPercentage: percent('DesiredCapacityPercentage', 'ROR', { since: 'V1_4_0' }),
    desiredMaxCapacityPercentage: percent('DesiredMaxCapacityPercentage', 'ROR', { since: 'V1_4_0' }),
  },
);
export type VirtualNICSRIOVBackingDevice = Lens<typeof VirtualNICSRIOVBackingDevice>;

/**
 * Clients write one device per choice; a captured server wrote two into one (vnic_feed.txt).
 */
export const VirtualNICBackingDeviceChoice = element(
  'VirtualNICBackingDeviceChoice',
  { evidence: 'protocol reference 3.11; capture vnic_feed.txt', bare: true },
  {
    virtualNICSRIOVBackingDevice: elements(
      VirtualNICSRIOVBackingDevice,
      'VirtualNICSRIOVBackingDevice',
      'none',
    ),
  },
);
export type VirtualNICBackingDeviceChoice = Lens<typeof VirtualNICBackingDeviceChoice>;

/** The network settings of a vNIC; the element is called `Details`. */
export const VirtualNICDetails = element(
  'Details',
  { evidence: 'protocol reference 3.11; capture vnic_feed.txt' },
  {
    portVLANID: integer('PortVLANID', 'CUD'),
    portVLANIDPriority: integer('PortVLANIDPriority', 'CUD'),
    allowedVLANIDs: text('AllowedVLANIDs', 'CUD'),
    macAddress: text('MACAddress', 'COD'),
    ipAddress: text('IPAddress', 'ROR', { since: 'V1_6_0', group: 'Advanced' }),
    subnetMask: text('SubnetMask', 'ROR', { since: 'V1_6_0', group: 'Advanced' }),
    gateway: text('Gateway', 'ROR', { since: 'V1_6_0', group: 'Advanced' }),
    allowedOperatingSystemMACAddresses: text('AllowedOperatingSystemMACAddresses', 'CUD'),
    osDeviceName: text('OSDeviceName', 'ROO', { group: 'VNIC' }),
    desiredMode: text('DesiredMode', 'ROO'),
    desiredCapacityPercentage: percent('DesiredCapacityPercentage', 'ROO'),
    autoFailBack: flag('AutoFailBack', 'unseen'),
  },
);
export type VirtualNICDetails = Lens<typeof VirtualNICDetails>;

/** A virtual NIC of a partition, backed by SR-IOV logical ports of VIOSes. */
export const VirtualNICDedicated = resource(
  'VirtualNICDedicated',
  {
    evidence: 'protocol reference 3.11; capture vnic_feed.txt',
    parents: ['LogicalPartition'],
    groups: ['Advanced', 'VNIC'],
  },
  {
    adapterType: text('AdapterType', 'unseen'),
    dynamicReconfigurationConnectorName: text('DynamicReconfigurationConnectorName', 'CUD'),
    locationCode: text('LocationCode', 'unseen'),
    localPartitionID: integer('LocalPartitionID', 'CUR'),
    requiredAdapter: flag('RequiredAdapter', 'unseen'),
    variedOn: flag('VariedOn', 'unseen'),
    useNextAvailableSlotID: flag('UseNextAvailableSlotID', 'unseen'),
    useNextAvailableHighSlotID: flag('UseNextAvailableHighSlotID', 'unseen', {
      note: 'NovaLink; an HMC takes UseNextAvailableSlotID.',
    }),
    virtualSlotNumber: integer('VirtualSlotNumber', 'COD'),
    enabled: flag('Enabled', 'unseen'),
    details: nested(VirtualNICDetails, 'Details', 'CUR'),
    associatedBackingDevices: list(VirtualNICBackingDeviceChoice, 'AssociatedBackingDevices', 'COR'),
  },
);
export type VirtualNICDedicated = Lens<typeof VirtualNICDedicated>;
