import { z } from 'zod';
import { type LatencyProfile, type Timing, timingProfiles } from './timing.js';

const milliseconds = z.number().min(0).max(600_000);

/** Milliseconds that a request costs before it is answered. */
const requests = z.strictObject({
  read: milliseconds,
  write: milliseconds,
  quick: milliseconds,
  perObject: milliseconds.describe('For each object of a feed'),
  perGroup: milliseconds.describe('For each extended attribute group of a VIOS, and each VIOS'),
  perMapping: milliseconds.describe('For each mapping on the VIOSes when mappings are read or written'),
});
export type RequestCosts = z.infer<typeof requests>;

/** A profile, and what differs from it. */
export const latency = z.strictObject({
  profile: z.enum(['none', 'assumed-novalink']).default('none'),
  requests: requests.partial().default({}),
});

const nothing: RequestCosts = { read: 0, write: 0, quick: 0, perObject: 0, perGroup: 0, perMapping: 0 };

/** Every number of `assumed-novalink` is a guess at the order of magnitude, like those of `timingProfiles`. */
export const requestCosts: Readonly<Record<LatencyProfile, RequestCosts>> = {
  none: nothing,
  'assumed-novalink': { read: 40, write: 400, quick: 8, perObject: 2, perGroup: 150, perMapping: 2 },
};

interface SitePace {
  readonly latency: z.infer<typeof latency>;
  readonly timing: { [K in keyof Timing]?: Timing[K] | undefined };
}

/** What requests and partitions take; `profile` replaces the one of the site, whose own numbers stay. */
export function paceOf(
  site: SitePace,
  profile: LatencyProfile = site.latency.profile,
): { costs: RequestCosts; timing: Timing } {
  return {
    costs: { ...requestCosts[profile], ...given(site.latency.requests) },
    timing: { ...timingProfiles[profile], ...given(site.timing) },
  };
}

function given<T extends object>(values: { [K in keyof T]?: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
