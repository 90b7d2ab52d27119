import { resource } from '../../schema/declare.js';
import { flag, integer, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** A virtual serial number of the system. */
export const VirtualSerialNumberInformation = resource(
  'VirtualSerialNumberInformation',
  { evidence: 'protocol reference 3.23; capture vsn.txt', parents: ['ManagedSystem'] },
  {
    virtualSerialNumber: text('VirtualSerialNumber', 'ROR', { since: 'V1_13_0' }),
    associatedPartitionId: integer('AssociatedPartitionId', 'ROR', {
      since: 'V1_13_0',
      note: '65535 is unassigned.',
    }),
    isAutoAssignCapable: flag('IsAutoAssignCapable', 'ROR', { since: 'V1_13_0' }),
  },
);
export type VirtualSerialNumberInformation = Lens<typeof VirtualSerialNumberInformation>;
