import { element } from '../../schema/declare.js';
import { integer, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { IPInterface } from './ip-interface.js';

/** A physical adapter or link aggregation under a shared Ethernet adapter. */
export const EthernetBackingDevice = element(
  'EthernetBackingDevice',
  { evidence: 'protocol reference 3.8; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    adapterID: integer('AdapterID', 'ROR', { note: 'On create the literal 1.' }),
    description: text('Description', 'CUD'),
    deviceName: text('DeviceName', 'ROR'),
    deviceType: text('DeviceType', 'ROR', {
      values: ['physicalEthernetAdpter'],
      note: 'The misspelling is part of the schema.',
    }),
    dynamicReconfigurationConnectorName: text('DynamicReconfigurationConnectorName', 'CUD'),
    physicalLocation: text('PhysicalLocation', 'ROR'),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR'),
    ipInterface: nested(IPInterface, 'IPInterface', 'CUD'),
  },
);
export type EthernetBackingDevice = Lens<typeof EthernetBackingDevice>;

/** What a shared Ethernet adapter stands on. */
export const BackingDeviceChoice = element(
  'BackingDeviceChoice',
  { evidence: 'protocol reference 3.8; captures fake_vios_feed.txt, fake_vios_mappings.txt', bare: true },
  {
    ethernetBackingDevice: nested(EthernetBackingDevice, 'EthernetBackingDevice', 'none'),
  },
);
export type BackingDeviceChoice = Lens<typeof BackingDeviceChoice>;
