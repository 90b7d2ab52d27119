import { sleep } from './deadline.js';

/** Work that somebody has to wait for before the ground it stands on is taken away. */
export class TaskSet {
  readonly #running = new Set<Promise<void>>();

  /** Starts work and hands its outcome on; a failure that nobody looks at stays silent. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const outcome = work();
    const running = outcome.then(nothing, nothing);
    this.#running.add(running);
    void running.then(() => this.#running.delete(running));
    return outcome;
  }

  /** Waits until no work is left, also none that was started meanwhile. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Waits likewise, but for at most `ms`. */
  async idleWithin(ms: number): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([this.idle(), sleep(ms, waiting.signal).catch(nothing)]);
    waiting.abort();
  }
}

function nothing(): void {}
