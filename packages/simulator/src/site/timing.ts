import { z } from 'zod';

/** How long things take that happen to partitions, in milliseconds. */
export const timing = z.strictObject({
  powerOnMs: z.number().min(0),
  operatingSystemShutdownMs: z.number().min(0),
  powerOffMs: z.number().min(0),
  rmcMs: z.number().min(0),
  /** From the start of a migration until the partition runs on the target. */
  migrateMs: z.number().min(0),
  eventPollMs: z.number().min(0),
});
export type Timing = z.infer<typeof timing>;

/**
 * Named sets of durations. Nobody has published the durations of a real console (design notes, "not settled"):
 * every number of `assumed-novalink` is a guess at the order of magnitude.
 */
export const timingProfiles = {
  /** Long enough that a job is seen running, short enough for tests. */
  none: {
    powerOnMs: 150,
    operatingSystemShutdownMs: 100,
    powerOffMs: 50,
    rmcMs: 200,
    migrateMs: 300,
    eventPollMs: 10_000,
  },
  'assumed-novalink': {
    powerOnMs: 8000,
    operatingSystemShutdownMs: 12_000,
    powerOffMs: 3000,
    rmcMs: 45_000,
    migrateMs: 60_000,
    eventPollMs: 10_000,
  },
} satisfies Record<string, Timing>;

export type LatencyProfile = keyof typeof timingProfiles;
