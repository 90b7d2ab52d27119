import { unlessAborted } from './lock.js';

interface Running<R> {
  readonly done: Promise<R>;
  /** Of the caller who does the work. */
  readonly signal: AbortSignal;
}

/**
 * Work that several callers want at the same time is done once. Its failure is everybody's, except when the caller
 * who did it only gave up: then the next one does it himself.
 */
export class SharedWork<R> {
  readonly #running = new Map<string, Running<R>>();

  /** `own` tells whether this caller did the work. */
  async run(
    key: string,
    signal: AbortSignal,
    work: () => Promise<R>,
  ): Promise<{ readonly result: R; readonly own: boolean }> {
    for (let other = this.#running.get(key); other; other = this.#running.get(key)) {
      try {
        return { result: await unlessAborted(other.done, signal), own: false };
      } catch (thrown) {
        if (signal.aborted || !other.signal.aborted) throw thrown;
      }
    }
    const done = work().finally(() => this.#running.delete(key));
    this.#running.set(key, { done, signal });
    return { result: await done, own: true };
  }
}
