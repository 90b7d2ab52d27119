import { sleep } from './deadline.js';
import { deferred } from './deferred.js';

/** Work that somebody has to wait for before the ground it stands on is taken away. */
export class TaskSet {
  readonly #running = new Set<Promise<void>>();

  /** Does work and hands its outcome on. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    // A promise of its own to wait for: a second listener on the work's would cut the caller from its stack trace.
    const { promise, resolve } = deferred<void>();
    this.#running.add(promise);
    try {
      return await work();
    } finally {
      this.#running.delete(promise);
      resolve();
    }
  }

  /** Waits until no work is left, also none that was started meanwhile. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Waits likewise, but for at most `ms`. */
  async idleWithin(ms: number): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([this.idle(), sleep(ms, waiting.signal).catch(() => {})]);
    waiting.abort();
  }
}
