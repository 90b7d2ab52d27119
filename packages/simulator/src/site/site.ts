import { z } from 'zod';
import { fibreChannelPort, storageArray } from './fibre-channel.js';
import { checkClusters, cluster } from './shared-storage.js';
import { sriovAdapter } from './sriov.js';

const name = z.string().min(1).max(31);
const gigabytes = z.number().positive();

/** A physical volume of a VIOS. Without `volumeGroup` it is free for mapping. */
const disk = z.strictObject({ name: z.string().regex(/^hdisk\d+$/), sizeGb: gigabytes });

const volumeGroup = z.strictObject({
  name: z.string().min(1).max(15),
  disks: z.array(disk).min(1),
  repository: z.strictObject({ name: z.string(), sizeGb: gigabytes }).optional(),
});

const processors = z.strictObject({
  virtual: z.int().positive(),
  units: z.number().positive(),
});

const hostPartition = z.strictObject({
  name,
  memoryMb: z.int().positive(),
  processors,
  state: z.enum(['running', 'not activated']).default('running'),
  rmc: z.enum(['active', 'inactive', 'busy']).default('active'),
});

const vios = hostPartition.extend({
  maxVirtualSlots: z.int().min(2).max(32767).default(1000),
  volumeGroups: z.array(volumeGroup).default([]),
  freeDisks: z.array(disk).default([]),
  ethernetDevices: z.int().min(0).max(64).default(4),
  ipAddress: z.ipv4().optional(),
  fibreChannel: z.array(fibreChannelPort).default([]),
});

const bridge = z.strictObject({
  switch: z.string(),
  device: z.string().regex(/^ent\d+$/),
  vioses: z.array(name).min(1).max(2),
  portVlan: z.int().min(1).max(4094).default(1),
  vlans: z.array(z.int().min(1).max(4094)).max(20).default([]),
  loadSharing: z.boolean().default(false),
});

const system = z.strictObject({
  name,
  machineType: z.string().default('9009'),
  model: z.string().default('42A'),
  serial: z.string().length(7).optional(),
  processorUnits: z.number().positive(),
  memoryMb: z.int().positive(),
  memoryBlockMb: z.union([16, 32, 64, 128, 256].map((size) => z.literal(size))).default(256),
  compatibilityModes: z
    .array(z.string())
    .default(['default', 'POWER7', 'POWER8', 'POWER9_Base', 'POWER9', 'POWER9_Enhanced']),
  /** Children of AssociatedSystemCapabilities, by element name. */
  capabilities: z.record(z.string(), z.boolean()).default({}),
  novalink: hostPartition.optional(),
  vioses: z.array(vios).min(1),
  switches: z.array(z.strictObject({ name: z.string(), mode: z.enum(['Veb', 'Vepa']).default('Veb') })),
  bridges: z.array(bridge).default([]),
  sriovAdapters: z.array(sriovAdapter).default([]),
  partitions: z
    .strictObject({ count: z.int().min(0).max(1000), mappings: z.int().min(0).default(0) })
    .optional(),
});

/** How long things take, in milliseconds. The named profiles are in `latency.ts`. */
const timing = z.strictObject({
  powerOnMs: z.number().min(0),
  operatingSystemShutdownMs: z.number().min(0),
  powerOffMs: z.number().min(0),
  rmcMs: z.number().min(0),
  eventPollMs: z.number().min(0),
});

const guests = z.strictObject({
  /** What the operating system in a client partition does about RMC after it has booted. */
  rmc: z.enum(['active', 'never']).default('active'),
});

const limits = z.strictObject({
  sessions: z.int().positive().default(100),
  files: z.int().positive().default(100),
  queuedEvents: z.int().positive().default(2000),
});

const user = z.strictObject({ name: z.string().min(1), password: z.string().min(1) });

/** What one simulator serves. All defaults give the site of `defaultSite()`. */
export const siteSchema = z
  .strictObject({
    /** One NovaLink for each system, or one HMC for all. */
    console: z.enum(['NovaLink', 'HMC']).default('NovaLink'),
    systems: z.array(system).min(1),
    clusters: z.array(cluster).default([]),
    storageArrays: z.array(storageArray).default([]),
    users: z.array(user).default([{ name: 'pvmadmin', password: 'pvmadmin-simulated' }]),
    guests: guests.prefault({}),
    limits: limits.prefault({}),
    timing: timing.partial().default({}),
  })
  .superRefine((site, context) => {
    const seen = new Set<string>();
    site.systems.forEach((entry, index) => {
      if (seen.has(entry.name)) {
        context.addIssue({
          code: 'custom',
          path: ['systems', index, 'name'],
          message: `second system ${entry.name}`,
        });
      }
      seen.add(entry.name);
      checkReferences(entry, (path, message) =>
        context.addIssue({ code: 'custom', path: ['systems', index, ...path], message }),
      );
    });
    checkClusters(site.clusters, site.systems, (path, message) =>
      context.addIssue({ code: 'custom', path: ['clusters', ...path], message }),
    );
  });

/** A site after defaults were filled in. */
export type Site = z.infer<typeof siteSchema>;
/** A site as a file may write it. */
export type SiteInput = z.input<typeof siteSchema>;
export type SiteSystem = Site['systems'][number];
export type SiteVios = SiteSystem['vioses'][number];
export type Timing = z.infer<typeof timing>;

type Report = (path: (string | number)[], message: string) => void;

function checkReferences(system: z.infer<typeof systemShape>, report: Report): void {
  const names = [system.novalink, ...system.vioses].flatMap((partition) => partition?.name ?? []);
  if (new Set(names).size < names.length) report(['vioses'], 'two partitions have the same name');
  system.bridges.forEach((entry, index) => {
    if (!system.switches.some((candidate) => candidate.name === entry.switch)) {
      report(['bridges', index, 'switch'], `no switch ${entry.switch} in this system`);
    }
    entry.vioses.forEach((vios, at) => {
      if (!system.vioses.some((candidate) => candidate.name === vios)) {
        report(['bridges', index, 'vioses', at], `no VIOS ${vios} in this system`);
      }
    });
  });
}

const systemShape = system;

/** A site that cannot be served, with every mistake and its place in the file. */
export class SiteError extends Error {
  readonly code = 'SIM_SITE_INVALID';
  readonly problems: readonly { readonly place: string; readonly problem: string }[];

  constructor(problems: readonly { place: string; problem: string }[]) {
    super(`the site cannot be simulated: ${problems.map((p) => `${p.place}: ${p.problem}`).join('; ')}`);
    this.name = 'SiteError';
    this.problems = problems;
  }
}

/** Checks a parsed site file; throws one `SiteError` with all its mistakes. */
export function parseSite(input: unknown): Site {
  const result = siteSchema.safeParse(input);
  if (result.success) return result.data;
  throw new SiteError(
    result.error.issues.map((issue) => ({
      place: issue.path.map(String).join('.') || 'the file',
      problem: issue.message,
    })),
  );
}
