import { setTimeout as sleep } from 'node:timers/promises';
import { DeployError, type FailureReport } from '../steps/failure.js';

/** How a condition is waited for. */
export interface WaitOptions {
  /** What is waited for, to say what did not come. */
  readonly what: string;
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** What to say, beside that it did not come in time. */
  readonly onTimeout?: () => Promise<Partial<FailureReport>>;
}

const everyMs = 300;

/** Asks again and again until the answer is not undefined; a DeployError after the limit. */
export async function waitFor<T>(ask: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const deadline = performance.now() + options.limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) {
      const what = `${options.what} did not come within ${options.limitMs / 1000} seconds`;
      throw new DeployError({ what, ...(await options.onTimeout?.()) });
    }
    await sleep(everyMs, undefined, { signal: options.signal });
  }
}
