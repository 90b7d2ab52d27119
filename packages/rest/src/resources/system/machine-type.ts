import { element } from '../../schema/declare.js';
import { text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Identity of a machine; the text form is `MachineType-Model*SerialNumber`. */
export const MachineTypeModelAndSerialNumber = element(
  'MachineTypeModelAndSerialNumber',
  { evidence: 'protocol reference 3.2; captures managedsystem.txt, sys_with_sriov.txt' },
  {
    machineType: text('MachineType', 'CUR'),
    model: text('Model', 'CUR'),
    serialNumber: text('SerialNumber', 'CUR'),
  },
);
export type MachineTypeModelAndSerialNumber = Lens<typeof MachineTypeModelAndSerialNumber>;
