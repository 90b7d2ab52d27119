import { setTimeout as sleep } from 'node:timers/promises';
import { PowerVMError } from '@openstack-powervm/rest';

/** An undo that hangs must not keep the first error from Nova for ever. */
const undoLimitMs = 10 * 60 * 1000;

/** Between two tries while the console is away. */
const pauseMs = 1000;

/** What an unreachable console, or one that is starting, answers with. */
const away = ['PVM_UNREACHABLE', 'PVM_CONNECTION_LOST', 'PVM_UNAVAILABLE'] as const;

/**
 * Waits for a console that is away, so that what an operation had made does not stay for ever: a server that failed
 * has no host any more, and Nova would never ask for its partition again. All undos of one operation share the time.
 */
export class UndoPatience {
  readonly #limit: AbortSignal;

  /** `given` ends the waiting at once, as when the service stops. */
  constructor(limitMs: number, given: AbortSignal) {
    this.#limit = AbortSignal.any([AbortSignal.timeout(limitMs), given]);
  }

  /** Runs an undo, again and again as long as the console is away. Throws what the last try threw. */
  async run(undo: (call: { signal: AbortSignal }) => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await undo({ signal: AbortSignal.timeout(undoLimitMs) });
      } catch (thrown) {
        if (!isConsoleAway(thrown) || this.#limit.aborted) throw thrown;
      }
      await sleep(pauseMs, undefined, { signal: this.#limit }).catch(() => {});
    }
  }
}

function isConsoleAway(thrown: unknown): boolean {
  if (PowerVMError.is(thrown, ...away)) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isConsoleAway(thrown.cause);
}
