import { z } from 'zod';

const volume = z.strictObject({
  name: z.string().min(1),
  sizeMb: z.int().positive(),
  partition: z.string().optional().describe('Name of the VIOS or the NovaLink partition that it belongs to'),
});

const device = z
  .strictObject({
    type: z.string().min(1).default('NVDIMM'),
    sizeMb: z.int().positive(),
    blockMb: z.int().positive().default(1024),
    maximumVolumes: z.int().positive().default(16),
    volumes: z.array(volume).default([]),
  })
  .describe('A persistent memory device; volumes on it cannot be changed through the REST API');

/** What a system that is capable of persistent memory has of it. */
export const persistentMemory = z.strictObject({
  volumesPerPartition: z
    .int()
    .min(1)
    .max(964)
    .default(4)
    .describe('Most volumes in main memory of a partition'),
  migration: z.boolean().default(true).describe('Partitions with volumes in main memory may migrate'),
  devices: z.array(device).default([]),
});

export type SitePersistentMemory = z.infer<typeof persistentMemory>;
