import { element } from '../../schema/declare.js';
import { flag, integer, links, list, nested, text, texts } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { RelatedIBMiIOSlot, RelatedIOAdapter } from '../system/io-slot.js';
import { ProfileVirtualIOAdapterSubclass } from './profile-virtual-adapters.js';

/** A physical slot as a partition profile names it. */
export const AssociatedIOSlot = element(
  'AssociatedIOSlot',
  { evidence: 'protocol reference 3.3; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    busGroupingRequired: flag('BusGroupingRequired', 'CUD'),
    description: text('Description', 'CUD'),
    featureCodes: texts('FeatureCodes', 'ROO'),
    ioUnitPhysicalLocation: text('IOUnitPhysicalLocation', 'ROR'),
    pcAdapterID: integer('PCAdapterID', 'ROO'),
    pciClass: integer('PCIClass', 'ROO'),
    pciDeviceID: integer('PCIDeviceID', 'ROO'),
    pciSubsystemDeviceID: integer('PCISubsystemDeviceID', 'ROO'),
    pciManufacturerID: integer('PCIManufacturerID', 'ROO'),
    pciRevisionID: integer('PCIRevisionID', 'ROO'),
    pciVendorID: integer('PCIVendorID', 'ROO'),
    pciSubsystemVendorID: integer('PCISubsystemVendorID', 'ROO'),
    relatedIBMiIOSlot: nested(RelatedIBMiIOSlot, 'RelatedIBMiIOSlot', 'CUD'),
    relatedIOAdapter: nested(RelatedIOAdapter, 'RelatedIOAdapter', 'CUD'),
    slotDynamicReconfigurationConnectorIndex: integer('SlotDynamicReconfigurationConnectorIndex', 'ROR'),
    slotDynamicReconfigurationConnectorName: text('SlotDynamicReconfigurationConnectorName', 'CUD'),
    slotPhysicalLocationCode: text('SlotPhysicalLocationCode', 'ROR'),
  },
);
export type AssociatedIOSlot = Lens<typeof AssociatedIOSlot>;

/** A physical slot of a partition. */
export const ProfileIOSlot = element(
  'ProfileIOSlot',
  { evidence: 'protocol reference 3.3; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    associatedIOSlot: nested(AssociatedIOSlot, 'AssociatedIOSlot', 'CUD'),
    isRequired: flag('IsRequired', 'CUD'),
  },
);
export type ProfileIOSlot = Lens<typeof ProfileIOSlot>;

/** Devices with a role for IBM i. */
export const TaggedIO = element(
  'TaggedIO',
  { evidence: 'protocol reference 3.3' },
  {
    alternateConsole: text('AlternateConsole', 'unseen'),
    alternateLoadSource: text('AlternateLoadSource', 'CUD'),
    console: text('Console', 'CUR'),
    loadSource: text('LoadSource', 'CUR'),
    operationsConsole: text('OperationsConsole', 'unseen'),
  },
);
export type TaggedIO = Lens<typeof TaggedIO>;

/** Empty in every capture. */
export const EthernetAdapterCapabilities = element(
  'EthernetAdapterCapabilities',
  { evidence: 'protocol reference 3.3; capture lpar.txt' },
  {},
);
export type EthernetAdapterCapabilities = Lens<typeof EthernetAdapterCapabilities>;

/** Slots and adapters of a partition. */
export const PartitionIOConfiguration = element(
  'PartitionIOConfiguration',
  { evidence: 'protocol reference 3.3; captures lpar.txt, fake_vios_feed.txt' },
  {
    ethernetAdapterCapabilities: nested(EthernetAdapterCapabilities, 'EthernetAdapterCapabilities', 'CUD'),
    hostChannelAdapters: links('HostChannelAdapters', 'ROR'),
    highSpeedLinkOpticonnectPool: flag('HighSpeedLinkOpticonnectPool', 'CUD'),
    maximumVirtualIOSlots: integer('MaximumVirtualIOSlots', 'CUD'),
    profileIOSlots: list(ProfileIOSlot, 'ProfileIOSlots', 'CUD'),
    profileVirtualIOAdapters: list(ProfileVirtualIOAdapterSubclass, 'ProfileVirtualIOAdapters', 'CUD'),
    taggedIO: nested(TaggedIO, 'TaggedIO', 'CUD'),
    virtualOpticonnectPool: flag('VirtualOpticonnectPool', 'CUD'),
    currentMaximumVirtualIOSlots: integer('CurrentMaximumVirtualIOSlots', 'ROR'),
  },
);
export type PartitionIOConfiguration = Lens<typeof PartitionIOConfiguration>;
