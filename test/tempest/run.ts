import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { capabilities, tellsOfVolumes } from './capabilities.js';
import { type Site, tempestConfig } from './configuration.js';
import type { Machine, Part, Run } from './report.js';
import type { TestResult } from './results.js';
import type { TestSet } from './sets.js';
import type { Tempest } from './tempest.js';

export interface RunOptions {
  /** What runs where, for the heading of the report. */
  readonly subject: string;
  readonly workers: number;
  readonly onResult: (result: TestResult) => void;
  readonly signal: AbortSignal;
}

/** Runs the sets one after the other against a cloud. */
export async function runSets(
  tempest: Tempest,
  site: Omit<Site, 'withVolumes'>,
  sets: readonly TestSet[],
  { subject, ...options }: RunOptions,
): Promise<Run> {
  const parts: Part[] = [];
  for (const set of sets) {
    const volumes = tellsOfVolumes(set.regex);
    await tempest.configure(tempestConfig({ ...site, withVolumes: volumes.on }, tempest.folder));
    const started = performance.now();
    const results = await tempest.run({ ...options, set });
    parts.push({ set, minutes: (performance.now() - started) / 60_000, results });
  }
  const volumes = sets.map(({ regex }) => tellsOfVolumes(regex)).filter(({ on }) => !on);
  const switches = [...capabilities(), ...volumes.slice(0, 1)];
  return { subject, at: new Date(), workers: options.workers, machine: machine(), parts, switches };
}

function machine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGib: Math.round(totalmem() / 2 ** 30),
    load: loadavg()[2] ?? 0,
  };
}
