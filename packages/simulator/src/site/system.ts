import { z } from 'zod';
import { novalink } from './novalink.js';
import { persistentMemory } from './persistent-memory.js';
import { sriovAdapter } from './sriov.js';
import { partitionName, vios } from './vios.js';

const bridge = z
  .strictObject({
    switch: z.string(),
    device: z.string().regex(/^ent\d+$/),
    vioses: z.array(partitionName).min(1).max(2),
    portVlan: z.int().min(1).max(4094).default(1),
    vlans: z.array(z.int().min(1).max(4094)).max(20).default([]),
    loadSharing: z.boolean().default(false),
    controlChannel: z
      .int()
      .min(1)
      .max(4094)
      .optional()
      .describe('VLAN of an adapter of each VIOS over which the two watch each other'),
  })
  .describe('A Shared Ethernet Adapter; with two VIOSes the second takes over when the first fails');

const processorPool = z.strictObject({
  name: z.string().min(1).max(14).regex(/^\S*$/, 'no spaces'),
  maximumUnits: z.number().positive(),
  reservedUnits: z.number().min(0).default(0),
});

/** One Power server with its partitions. */
export const system = z.strictObject({
  name: partitionName,
  machineType: z.string().default('9009'),
  model: z.string().default('42A'),
  serial: z.string().length(7).optional().describe('Seeded when it is not given'),
  processorUnits: z.number().positive(),
  memoryMb: z.int().positive(),
  memoryBlockMb: z
    .union([16, 32, 64, 128, 256].map((size) => z.literal(size)))
    .default(256)
    .describe('Logical memory block: memory comes in multiples of it'),
  compatibilityModes: z
    .array(z.string())
    .default(['default', 'POWER7', 'POWER8', 'POWER9_Base', 'POWER9', 'POWER9_Enhanced']),
  capabilities: z
    .record(z.string(), z.boolean())
    .default({})
    .describe('Children of AssociatedSystemCapabilities, by element name'),
  novalink: novalink.optional().describe('The management partition; a system behind an HMC has none'),
  vioses: z.array(vios).describe('May be empty where NovaLink hosts I/O itself'),
  switches: z.array(z.strictObject({ name: z.string(), mode: z.enum(['Veb', 'Vepa']).default('Veb') })),
  bridges: z.array(bridge).default([]),
  sriovAdapters: z.array(sriovAdapter).default([]),
  persistentMemory: persistentMemory
    .optional()
    .describe('Makes the system capable of persistent memory volumes'),
  processorPools: z
    .array(processorPool)
    .max(63)
    .default([])
    .describe('Shared processor pools besides the default one, from id 1 on'),
  partitions: z
    .strictObject({
      count: z.int().min(0).max(1000),
      mappings: z.int().min(0).default(0).describe('Virtual disks with a mapping each, over all partitions'),
    })
    .optional()
    .describe('Client partitions lpar1, lpar2, … that exist from the start'),
});
