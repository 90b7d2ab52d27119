import { element } from '../../schema/declare.js';
import { integer, list, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { PhysicalVolume } from './physical-volume.js';

/** A physical Fibre Channel port. Of a mapping, only `PortName` is sent on create. */
export const PhysicalFibreChannelPort = element(
  'PhysicalFibreChannelPort',
  { evidence: 'protocol reference 3.3, 3.15; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    locationCode: text('LocationCode', 'ROR'),
    physicalVolumes: list(PhysicalVolume, 'PhysicalVolumes', 'CUD', { volatile: true, group: 'ViosStorage' }),
    portName: text('PortName', 'CUR'),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR'),
    wwpn: text('WWPN', 'CUR'),
    wwnn: text('WWNN', 'ROO', { since: 'V1_3_0' }),
    availablePorts: integer('AvailablePorts', 'ROR', { volatile: true, note: 'Free NPIV connections.' }),
    totalPorts: integer('TotalPorts', 'ROR', {
      volatile: true,
      note: 'NPIV is possible only where this is above 0.',
    }),
  },
);
export type PhysicalFibreChannelPort = Lens<typeof PhysicalFibreChannelPort>;

/** A physical Fibre Channel adapter in the slot of a partition. */
export const PhysicalFibreChannelAdapter = element(
  'PhysicalFibreChannelAdapter',
  { evidence: 'protocol reference 3.3; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    adapterID: integer('AdapterID', 'ROR'),
    description: text('Description', 'CUD'),
    deviceName: text('DeviceName', 'ROR'),
    dynamicReconfigurationConnectorName: text('DynamicReconfigurationConnectorName', 'CUD'),
    physicalLocation: text('PhysicalLocation', 'ROR'),
    physicalFibreChannelPorts: list(PhysicalFibreChannelPort, 'PhysicalFibreChannelPorts', 'CUD'),
  },
);
export type PhysicalFibreChannelAdapter = Lens<typeof PhysicalFibreChannelAdapter>;
