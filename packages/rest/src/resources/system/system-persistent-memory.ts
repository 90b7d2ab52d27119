import { element } from '../../schema/declare.js';
import { integer, texts } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Limits of persistent memory volumes of the system. */
export const SystemPersistentMemoryConfiguration = element(
  'AssociatedPersistentMemoryConfiguration',
  { evidence: 'protocol reference 3.2 (client table; no capture)' },
  {
    maximumPersistentMemoryVolumes: integer('MaximumPersistentMemoryVolumes', 'unseen'),
    currentPersistentMemoryVolumes: integer('CurrentPersistentMemoryVolumes', 'unseen'),
    maximumAixLinuxPersistentMemoryVolumes: integer('MaximumAixLinuxPersistentMemoryVolumes', 'unseen'),
    maximumOS400PersistentMemoryVolumes: integer('MaximumOS400PersistentMemoryVolumes', 'unseen'),
    maximumVIOSPersistentMemoryVolumes: integer('MaximumVIOSPersistentMemoryVolumes', 'unseen'),
    dramPersistentMemoryVolumeBlockSize: integer('DramPersistentMemoryVolumeBlockSize', 'unseen'),
    dramPersistentMemoryVolumesSize: integer('DramPersistentMemoryVolumesSize', 'unseen'),
    dramPersistentMemoryVolumesCurrentSize: integer('DramPersistentMemoryVolumesCurrentSize', 'unseen'),
    supportedPersistentMemoryDeviceTypes: texts('SupportedPersistentMemoryDeviceTypes', 'unseen'),
  },
);
export type SystemPersistentMemoryConfiguration = Lens<typeof SystemPersistentMemoryConfiguration>;
