import { z } from 'zod';
import { partitionName } from './vios.js';

const elsewhere = z.strictObject({
  machineType: z.string().default('9009'),
  model: z.string().default('42A'),
  serial: z.string().length(7),
  processors: z.int().positive().describe('Installed ones'),
  memoryGb: z.int().positive().describe('Installed memory'),
});

const member = z.strictObject({
  system: partitionName.describe('Name of a system of the site, or of one that another console manages'),
  inactiveProcessors: z.int().min(0).default(0).describe('Installed, but not activated'),
  inactiveMemoryGb: z.int().min(0).default(0),
  mobileProcessors: z.int().min(0).default(0).describe('Activated by Mobile CoD of the pool'),
  mobileMemoryGb: z.int().min(0).default(0),
  elsewhere: elsewhere.optional().describe('What a system is that another console manages'),
});

/** A Power enterprise pool: Mobile CoD processors and memory that move between systems. HMC only. */
export const enterprisePool = z.strictObject({
  id: z.string().regex(/^\d{4}$/, 'four digits'),
  name: z.string().min(1).max(32),
  sequence: z.int().min(1).default(1).describe('Sequence number of its configuration file'),
  processors: z.int().min(0).describe('Mobile CoD processors in all'),
  memoryGb: z.int().min(0).describe('Mobile CoD memory in all'),
  serverGraceHours: z
    .number()
    .min(0)
    .default(48)
    .describe('How long a server may keep what it has not returned'),
  poolGraceHours: z
    .number()
    .min(0)
    .default(168)
    .describe('How much longer until the pool is out of compliance'),
  members: z.array(member).min(1),
});

export type SiteEnterprisePool = z.infer<typeof enterprisePool>;
