import { setMaxListeners } from 'node:events';
import { DeployError } from './failure.js';
import type { Reporter, Step, StepContext } from './step.js';

/** A step has failed; `cause` is what it threw. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  readonly step: Step;

  constructor(step: Step, cause: unknown) {
    super(`${step.title}: ${DeployError.reportOf(cause).what}`, { cause });
    this.step = step;
  }
}

/** Refuses a plan in which a name is missing or used twice, or steps wait for each other. */
export function checkPlan(steps: readonly Step[]): void {
  const done = new Set<string>();
  const waiting = new Map(steps.map((step) => [step.name, step]));
  if (waiting.size !== steps.length) throw new Error('two steps have the same name');
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((step) => step.after.every((name) => done.has(name)));
    if (ready.length === 0) {
      throw new Error(`steps wait for each other or for a missing one: ${[...waiting.keys()].join(', ')}`);
    }
    for (const { name } of ready) {
      done.add(name);
      waiting.delete(name);
    }
  }
}

async function runStep(step: Step, signal: AbortSignal, reporter: Reporter): Promise<void> {
  const context: StepContext = { signal, report: (progress) => reporter.progressed(step, progress) };
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  reporter.started(step);
  try {
    if (await step.check?.(context)) {
      reporter.finished(step, { outcome: 'already done', seconds: seconds() });
      return;
    }
    const note = await step.run(context);
    reporter.finished(step, { outcome: 'done', seconds: seconds(), note });
  } catch (error) {
    if (!signal.aborted) reporter.failed(step, seconds());
    throw new StepFailure(step, error);
  }
}

/**
 * Runs a plan: every step as soon as the steps it waits for are done, all at once where possible. The
 * first failure aborts the others and is thrown, as a StepFailure, when they have come to rest.
 */
export async function runSteps(
  steps: readonly Step[],
  options: { signal: AbortSignal; reporter: Reporter },
): Promise<void> {
  checkPlan(steps);
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  setMaxListeners(0, signal); // every step listens
  const failures: unknown[] = [];
  const endings = new Map<string, Promise<boolean>>();
  const begin = async (step: Step): Promise<boolean> => {
    await Promise.resolve(); // every ending is in the map before the first step looks
    const before = await Promise.all(step.after.map((name) => endings.get(name)));
    if (signal.aborted || before.includes(false)) return false;
    try {
      await runStep(step, signal, options.reporter);
      return true;
    } catch (error) {
      failures.push(error);
      failed.abort();
      return false;
    }
  };
  for (const step of steps) endings.set(step.name, begin(step));
  await Promise.all(endings.values());
  options.reporter.close();
  options.signal.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}
