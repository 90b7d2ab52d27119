import { element } from '../../schema/declare.js';
import { integer } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Limits of persistent memory volumes of a partition. */
export const PartitionPersistentMemoryConfiguration = element(
  'AssociatedPersistentMemoryConfiguration',
  { evidence: 'protocol reference 3.3; capture lpar.txt' },
  {
    maximumPersistentMemoryVolumes: integer('MaximumPersistentMemoryVolumes', 'ROR', { since: 'V1_10_0' }),
    currentPersistentMemoryVolumes: integer('CurrentPersistentMemoryVolumes', 'ROR', { since: 'V1_10_0' }),
    maximumDramPersistentMemoryVolumes: integer('MaximumDramPersistentMemoryVolumes', 'ROR', {
      since: 'V1_10_0',
    }),
    currentDramPersistentMemoryVolumes: integer('CurrentDramPersistentMemoryVolumes', 'ROR', {
      since: 'V1_10_0',
    }),
  },
);
export type PartitionPersistentMemoryConfiguration = Lens<typeof PartitionPersistentMemoryConfiguration>;
