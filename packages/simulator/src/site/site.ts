import { z } from 'zod';
import { faultRuleSchema } from '../faults/fault-rule.js';
import { enterprisePool } from './enterprise-pool.js';
import { storageArray } from './fibre-channel.js';
import { iscsiTarget } from './iscsi.js';
import { latency } from './latency.js';
import { rbdImage } from './novalink.js';
import { cluster } from './shared-storage.js';
import { system } from './system.js';
import { timing } from './timing.js';

const guests = z.strictObject({
  rmc: z
    .enum(['active', 'never'])
    .default('active')
    .describe('What the operating system of a client partition does about RMC after it has booted'),
});

const limits = z.strictObject({
  sessions: z.int().positive().default(100),
  files: z.int().positive().default(100),
  queuedEvents: z.int().positive().default(2000),
});

const user = z.strictObject({ name: z.string().min(1), password: z.string().min(1) });

/** What one simulator serves. Its JSON Schema is published as `site.schema.json`. */
export const siteSchema = z.strictObject({
  console: z
    .enum(['NovaLink', 'HMC'])
    .default('NovaLink')
    .describe('One NovaLink for each system, or one HMC for all'),
  systems: z.array(system).min(1),
  clusters: z.array(cluster).default([]),
  storageArrays: z.array(storageArray).default([]),
  iscsiTargets: z.array(iscsiTarget).default([]),
  enterprisePools: z.array(enterprisePool).default([]).describe('Power enterprise pools of an HMC'),
  rbdImages: z
    .array(rbdImage)
    .default([])
    .describe('Images of a Ceph cluster that every NovaLink with hostedIo reaches'),
  users: z
    .array(user)
    .default([{ name: 'pvmadmin', password: 'pvmadmin-simulated' }])
    .describe('Who may log on with a password'),
  guests: guests.prefault({}),
  limits: limits.prefault({}),
  latency: latency.prefault({}).describe('How long requests take'),
  timing: timing.partial().default({}).describe('How long power operations take, in milliseconds'),
  faults: z.array(faultRuleSchema).default([]).describe('Fault rules that every console starts with'),
});

/** A site after defaults were filled in. */
export type Site = z.infer<typeof siteSchema>;
/** A site as a file may write it. */
export type SiteInput = z.input<typeof siteSchema>;
export type SiteSystem = Site['systems'][number];
export type SiteVios = SiteSystem['vioses'][number];
export type SiteNovaLink = NonNullable<SiteSystem['novalink']>;
