import { element } from '../../schema/declare.js';
import { flag, integer, nested, text, texts } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { PhysicalFibreChannelAdapter } from '../storage/fibre-channel-port.js';
import { IOAdapter } from './io-adapter.js';

/** What an I/O slot means to IBM i. */
export const RelatedIBMiIOSlot = element(
  'RelatedIBMiIOSlot',
  { evidence: 'protocol reference 3.3; captures managedsystem.txt, fake_vios_feed.txt' },
  {
    alternateLoadSourceAttached: flag('AlternateLoadSourceAttached', 'ROR'),
    consoleCapable: flag('ConsoleCapable', 'ROR'),
    directOperationsConsoleCapable: flag('DirectOperationsConsoleCapable', 'ROR'),
    iop: flag('IOP', 'ROR'),
    iopInfoStale: flag('IOPInfoStale', 'ROR'),
    lanConsoleCapable: flag('LANConsoleCapable', 'ROR'),
    loadSourceAttached: flag('LoadSourceAttached', 'ROR'),
    loadSourceCapable: flag('LoadSourceCapable', 'ROR'),
    operationsConsoleAttached: flag('OperationsConsoleAttached', 'ROR'),
    operationsConsoleCapable: flag('OperationsConsoleCapable', 'ROR'),
  },
);
export type RelatedIBMiIOSlot = Lens<typeof RelatedIBMiIOSlot>;

/** The adapter in a slot: one of the two. */
export const RelatedIOAdapter = element(
  'RelatedIOAdapter',
  { evidence: 'protocol reference 3.3; captures managedsystem.txt, fake_vios_feed.txt', bare: true },
  {
    ioAdapter: nested(IOAdapter, 'IOAdapter', 'none'),
    physicalFibreChannelAdapter: nested(PhysicalFibreChannelAdapter, 'PhysicalFibreChannelAdapter', 'none'),
  },
);
export type RelatedIOAdapter = Lens<typeof RelatedIOAdapter>;

/** A physical I/O slot of the system. */
export const IOSlot = element(
  'IOSlot',
  { evidence: 'protocol reference 3.2; captures managedsystem.txt, sys_with_sriov.txt' },
  {
    busGroupingRequired: flag('BusGroupingRequired', 'CUD'),
    description: text('Description', 'CUD'),
    featureCodes: texts('FeatureCodes', 'ROO'),
    ioUnitPhysicalLocation: text('IOUnitPhysicalLocation', 'ROR'),
    parentSlotDynamicReconfigurationConnectorIndex: integer(
      'ParentSlotDynamicReconfigurationConnectorIndex',
      'ROO',
    ),
    pcAdapterID: integer('PCAdapterID', 'ROO'),
    partitionID: integer('PartitionID', 'ROO', { since: 'V1_3_0' }),
    partitionUUID: text('PartitionUUID', 'ROO', { since: 'V1_6_0' }),
    partitionName: text('PartitionName', 'ROO', { since: 'V1_3_0' }),
    partitionType: text('PartitionType', 'ROO', { since: 'V1_3_0' }),
    pciClass: integer('PCIClass', 'ROO'),
    pciDeviceID: integer('PCIDeviceID', 'ROO'),
    pciSubsystemDeviceID: integer('PCISubsystemDeviceID', 'ROO'),
    pciManufacturerID: integer('PCIManufacturerID', 'ROO'),
    pciRevisionID: integer('PCIRevisionID', 'ROO'),
    pciVendorID: integer('PCIVendorID', 'ROO'),
    pciSubsystemVendorID: integer('PCISubsystemVendorID', 'ROO'),
    relatedIBMiIOSlot: nested(RelatedIBMiIOSlot, 'RelatedIBMiIOSlot', 'CUD'),
    // Holds the adapter's fields itself, unlike the element of this name in a partition's slot.
    relatedIOAdapter: nested(IOAdapter, 'RelatedIOAdapter', 'CUD'),
    slotDynamicReconfigurationConnectorIndex: integer('SlotDynamicReconfigurationConnectorIndex', 'ROR'),
    slotDynamicReconfigurationConnectorName: text('SlotDynamicReconfigurationConnectorName', 'CUD'),
    slotPhysicalLocationCode: text('SlotPhysicalLocationCode', 'ROR'),
    vitalProductDataModel: text('VitalProductDataModel', 'ROO'),
    vitalProductDataSerialNumber: text('VitalProductDataSerialNumber', 'ROO'),
    vitalProductDataType: text('VitalProductDataType', 'ROO'),
  },
);
export type IOSlot = Lens<typeof IOSlot>;

/** A physical I/O bus. */
export const IOBus = element(
  'IOBus',
  { evidence: 'protocol reference 3.2; capture managedsystem.txt' },
  {
    backplanePhysicalLocation: text('BackplanePhysicalLocation', 'ROR'),
    busDynamicReconfigurationConnectorIndex: integer('BusDynamicReconfigurationConnectorIndex', 'ROR'),
    busDynamicReconfigurationConnectorName: text('BusDynamicReconfigurationConnectorName', 'ROR'),
    ioBusID: integer('IOBusID', 'ROR'),
  },
);
export type IOBus = Lens<typeof IOBus>;
