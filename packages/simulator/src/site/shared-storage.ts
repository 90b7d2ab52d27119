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
export const cluster = z
  .strictObject({
    name: z.string().min(1).max(63),
    pool: z.string().min(1).max(127),
    nodes: z.array(node).min(1),
    repositoryGb: gigabytes.default(10),
    tiers: z.array(tier).min(1),
  })
  .refine((entry) => entry.tiers.filter((candidate) => candidate.default).length === 1, {
    path: ['tiers'],
    message: 'exactly one tier is the default',
  });

export type SiteCluster = z.infer<typeof cluster>;

interface NamedSystem {
  readonly name: string;
  readonly vioses: readonly { readonly name: string }[];
}

/** Every node names a VIOS of the site that is in no other cluster. */
export function checkClusters(
  clusters: readonly SiteCluster[],
  systems: readonly NamedSystem[],
  report: (path: (string | number)[], message: string) => void,
): void {
  const taken = new Set<string>();
  clusters.forEach(({ nodes }, index) => {
    nodes.forEach(({ system, vioses }, at) => {
      const found = systems.find((candidate) => candidate.name === system);
      if (found === undefined) report([index, 'nodes', at, 'system'], `no system ${system} in this site`);
      for (const vios of vioses) {
        const known = found === undefined || found.vioses.some((candidate) => candidate.name === vios);
        if (!known) report([index, 'nodes', at, 'vioses'], `no VIOS ${vios} in system ${system}`);
        if (taken.has(`${system}/${vios}`))
          report([index, 'nodes', at, 'vioses'], `VIOS ${vios} of ${system} is in two clusters`);
        taken.add(`${system}/${vios}`);
      }
    });
  });
}
