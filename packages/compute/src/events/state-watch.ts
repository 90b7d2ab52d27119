import type { Clock } from '../clock.js';
import { sentenceOf } from '../errors/index.js';
import type { Log } from '../log.js';
import { type Transition, transitionOf } from './transition.js';

/** A restart gives stop and start within a second; only the state that stays is news (EV-5, EV-8). */
export const settleMs = 15_000;

export interface StateWatchDependencies {
  readonly clock: Clock;
  readonly log: Log;
  /** The state of a partition now; undefined when it is gone. */
  readState(partitionUuid: string, signal: AbortSignal): Promise<string | undefined>;
  emit(partitionUuid: string, transition: Transition): void;
}

/**
 * Waits until a partition's state has settled, then tells what it came to. Each partition has its own wait; a newer
 * change starts it again (EV-5, B-34).
 */
export class StateWatch {
  readonly #dependencies: StateWatchDependencies;
  readonly #settling = new Map<string, AbortController>();

  constructor(dependencies: StateWatchDependencies) {
    this.#dependencies = dependencies;
  }

  /** A partition has changed its state. */
  changed(partitionUuid: string): void {
    this.gone(partitionUuid);
    const wait = new AbortController();
    this.#settling.set(partitionUuid, wait);
    void this.#settle(partitionUuid, wait);
  }

  /** A partition does not exist any more. */
  gone(partitionUuid: string): void {
    this.#settling.get(partitionUuid)?.abort();
    this.#settling.delete(partitionUuid);
  }

  /** Ends every wait without telling anything. */
  stop(): void {
    for (const partitionUuid of [...this.#settling.keys()]) this.gone(partitionUuid);
  }

  /** Never throws: a problem with one partition is no problem of another one (EV-3). */
  async #settle(partitionUuid: string, wait: AbortController): Promise<void> {
    const { clock, log, readState, emit } = this.#dependencies;
    try {
      await clock.sleep(settleMs, wait.signal);
      const transition = transitionOf(await readState(partitionUuid, wait.signal));
      if (transition && !wait.signal.aborted) emit(partitionUuid, transition);
    } catch (thrown) {
      if (!wait.signal.aborted)
        log.warn(
          `The state of partition ${partitionUuid} is not known after an event: ${sentenceOf(thrown)}`,
        );
    } finally {
      if (this.#settling.get(partitionUuid) === wait) this.#settling.delete(partitionUuid);
    }
  }
}
