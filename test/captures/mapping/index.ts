import { consoleMappings } from './console.js';
import { networkMappings } from './network.js';
import { partitionMappings } from './partition.js';
import { sriovMappings } from './sriov.js';
import { storageMappings } from './storage.js';
import { systemMappings } from './system.js';
import type { ClassMapping } from './table.js';

/** How the classes of pypowervm (October 2025) are read through our declarations, by class name. */
export const mappings: Readonly<Record<string, ClassMapping | undefined>> = {
  ...partitionMappings,
  ...systemMappings,
  ...networkMappings,
  ...sriovMappings,
  ...storageMappings,
  ...consoleMappings,
};
