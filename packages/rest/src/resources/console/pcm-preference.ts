import { element, resource } from '../../schema/declare.js';
import { flag, link, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Identity of the machine; here the server lets nothing of it be written. */
export const MachineTypeModelSerialNumber = element(
  'MachineTypeModelSerialNumber',
  { evidence: 'protocol reference 3.24; capture pcm_pref.txt' },
  {
    machineType: text('MachineType', 'ROR'),
    model: text('Model', 'ROR'),
    serialNumber: text('SerialNumber', 'ROR'),
  },
);
export type MachineTypeModelSerialNumber = Lens<typeof MachineTypeModelSerialNumber>;

/** Which metrics a system collects. Written with the ETag header of the feed and content type application/xml. */
export const ManagedSystemPcmPreference = resource(
  'ManagedSystemPcmPreference',
  { evidence: 'protocol reference 3.24; capture pcm_pref.txt', service: 'pcm', parents: ['ManagedSystem'] },
  {
    systemName: text('SystemName', 'ROR'),
    machineTypeModelSerialNumber: nested(MachineTypeModelSerialNumber, 'MachineTypeModelSerialNumber', 'ROR'),
    longTermMonitorEnabled: flag('LongTermMonitorEnabled', 'UOD'),
    aggregationEnabled: flag('AggregationEnabled', 'UOD'),
    shortTermMonitorEnabled: flag('ShortTermMonitorEnabled', 'UOD'),
    computeLTMEnabled: flag('ComputeLTMEnabled', 'UOD', { since: 'V1_1_0' }),
    associatedManagedSystem: link('AssociatedManagedSystem', 'ROO'),
  },
);
export type ManagedSystemPcmPreference = Lens<typeof ManagedSystemPcmPreference>;
