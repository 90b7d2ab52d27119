import { PowerVMError } from '../errors/error.js';
import { sleep } from '../time/deadline.js';

/** Work that outlives the call that caused it, such as deleting a job nobody waits for any more. */
export class Background {
  readonly #running = new Set<Promise<void>>();
  readonly #ending = new AbortController();

  /** Fires when the session no longer waits for background work. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Starts work; what it fails with is its own business, it must publish it. */
  run(work: () => Promise<void>): void {
    const running = work().catch(() => {});
    this.#running.add(running);
    void running.finally(() => this.#running.delete(running));
  }

  /** Waits for all work to end, for at most `ms`, and then makes it end. */
  async finish(ms: number): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([this.#settled(), sleep(ms, waiting.signal).catch(() => {})]);
    waiting.abort();
    this.#ending.abort(new PowerVMError('PVM_SESSION_CLOSED', 'The session was closed'));
    await this.#settled();
  }

  async #settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
