import { z } from 'zod';

const port = z.strictObject({
  label: z.string().max(16).default(''),
  /** Most logical ports that it may have. */
  logicalPorts: z.int().min(1).max(120).default(20),
  linkUp: z.boolean().default(true),
  type: z
    .enum(['Ethernet', 'Converged', 'RoCE'])
    .default('Ethernet')
    .describe('In which of the adapter’s lists of ports it stands'),
});

/** An SR-IOV adapter of a system. */
export const sriovAdapter = z.strictObject({
  mode: z.enum(['Sriov', 'Dedicated']).default('Sriov'),
  ports: z.array(port).min(1).max(4),
});

export type SiteSriovAdapter = z.infer<typeof sriovAdapter>;
