import { race } from './deadline.js';
import { deferred } from './deferred.js';

/** Lets at most `limit` holders in at once, first come, first served. */
export class Semaphore {
  readonly #limit: number;
  #held = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Waits for a place; the returned function gives it back and may be called more than once. */
  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#held < this.#limit) this.#held += 1;
    else await this.#queue(signal);
    let holding = true;
    return () => {
      if (holding) this.#release();
      holding = false;
    };
  }

  /** The place is handed over, never counted down and up again, so nobody can slip in between. */
  async #queue(signal: AbortSignal): Promise<void> {
    const turn = deferred<void>();
    this.#waiting.push(turn.resolve);
    try {
      await race(turn.promise, signal);
    } catch (error) {
      const position = this.#waiting.indexOf(turn.resolve);
      if (position >= 0) this.#waiting.splice(position, 1);
      else this.#release(); // the place had been handed over while the signal fired
      throw error;
    }
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#held -= 1;
  }
}
