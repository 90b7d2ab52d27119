import { type Deferred, deferred } from './deferred.js';
import type { CallOptions } from './operation.js';

/**
 * Mutual exclusion by name, first come first served (TX-9). A waiter whose signal aborts leaves the queue and
 * rejects; the holder is not disturbed.
 */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs `work` while no other work of the same key runs. */
  async run<R>(key: string, work: () => Promise<R>, { signal }: CallOptions = {}): Promise<R> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const gate = deferred<void>();
    const tail = before.then(() => gate.promise);
    this.#tails.set(key, tail);
    try {
      await unlessAborted(before, signal);
      return await work();
    } finally {
      gate.resolve();
      void tail.then(() => {
        if (this.#tails.get(key) === tail) this.#tails.delete(key);
      });
    }
  }
}

/** Many readers or one writer. Readers go first: a writer waits until nobody reads. */
export class ReadWriteLock {
  #readers = 0;
  readonly #writers = new KeyedLock();
  #writing: Promise<void> | undefined;
  #idle: Deferred<void> | undefined;

  async read<R>(work: () => Promise<R>, { signal }: CallOptions = {}): Promise<R> {
    while (this.#writing !== undefined) await unlessAborted(this.#writing, signal);
    this.#readers += 1;
    try {
      return await work();
    } finally {
      this.#readers -= 1;
      if (this.#readers === 0) this.#idle?.resolve();
    }
  }

  async write<R>(work: () => Promise<R>, call: CallOptions = {}): Promise<R> {
    return this.#writers.run('writer', () => this.#writeAlone(work, call), call);
  }

  async #writeAlone<R>(work: () => Promise<R>, { signal }: CallOptions): Promise<R> {
    while (this.#readers > 0) {
      this.#idle = deferred();
      await unlessAborted(this.#idle.promise, signal);
    }
    const done = deferred<void>();
    this.#writing = done.promise;
    try {
      return await work();
    } finally {
      this.#writing = undefined;
      done.resolve();
    }
  }
}

/** Waits for `promise`, or rejects with the signal's reason as soon as it aborts. */
export async function unlessAborted<R>(promise: Promise<R>, signal: AbortSignal | undefined): Promise<R> {
  if (!signal) return promise;
  const { promise: aborted, reject } = deferred<never>();
  const stop = (): void => reject(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  try {
    // Waited for also when nobody wants it any more: a failure that nobody takes would end the process.
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
