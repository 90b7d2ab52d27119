import { element } from '../../schema/declare.js';
import { flag, integer, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** A physical adapter. */
export const IOAdapter = element(
  'IOAdapter',
  { evidence: 'protocol reference 3.2; captures managedsystem.txt, fake_vios_feed.txt' },
  {
    adapterID: integer('AdapterID', 'ROR'),
    description: text('Description', 'CUD'),
    deviceName: text('DeviceName', 'ROR'),
    deviceType: text('DeviceType', 'ROR'),
    dynamicReconfigurationConnectorName: text('DynamicReconfigurationConnectorName', 'CUD'),
    physicalLocation: text('PhysicalLocation', 'ROR'),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR'),
    logicalPartitionAssignmentCapable: flag('LogicalPartitionAssignmentCapable', 'ROO', { since: 'V1_2_0' }),
  },
);
export type IOAdapter = Lens<typeof IOAdapter>;
