import { z } from 'zod';

const gigabytes = z.number().positive();

const tier = z.strictObject({
  name: z.string().min(1).max(31),
  default: z.boolean().default(false),
  /** Sizes of its disks, in gigabytes. */
  disksGb: z.array(gigabytes).min(1),
});

const node = z.strictObject({
  system: z.string(),
  vioses: z.array(z.string()).min(1),
});

/** A cluster of VIOSes with its Shared Storage Pool. */
export const cluster = z.strictObject({
  name: z.string().min(1).max(63),
  pool: z.string().min(1).max(127),
  nodes: z.array(node).min(1),
  repositoryGb: gigabytes.default(10),
  tiers: z.array(tier).min(1).describe('Exactly one of them is the default'),
});

export type SiteCluster = z.infer<typeof cluster>;
