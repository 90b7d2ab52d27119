import { failures } from '../tempest/report.js';
import type { TestResult } from '../tempest/results.js';

/** What the vote is made from. */
export interface Findings {
  readonly results: readonly TestResult[];
  /** The host that the vote speaks of. */
  readonly host: string;
  /** How many servers of the run were on each host. */
  readonly servers: ReadonlyMap<string, number>;
  /** What the run has left behind. */
  readonly leftovers: readonly string[];
  /** What has kept the run from its end. */
  readonly obstacle?: string | undefined;
}

export interface Vote {
  readonly value: '+1' | '-1';
  /** Why it is not +1; empty otherwise. */
  readonly reasons: readonly string[];
}

/** The vote: +1 only for a run that says something about the host and in which nothing failed. */
export function decide({ results, host, servers, leftovers, obstacle }: Findings): Vote {
  const failed = failures(results).length;
  const reasons = [
    ...(obstacle === undefined ? [] : [obstacle]),
    ...(failed === 0 ? [] : [`${failed} ${failed === 1 ? 'test has' : 'tests have'} failed`]),
    ...(results.some(({ outcome }) => outcome === 'passed') ? [] : ['no test has passed']),
    ...((servers.get(host) ?? 0) > 0 ? [] : [`no server was on ${host}`]),
    ...(leftovers.length === 0 ? [] : [`left behind: ${leftovers.join(', ')}`]),
  ];
  return { value: reasons.length === 0 ? '+1' : '-1', reasons };
}
