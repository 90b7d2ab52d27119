import { deferred } from './deferred.js';
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

/** Many readers or one writer; waiting writers go before new readers. */
export class ReadWriteLock {
  #readers = 0;
  #writing = false;
  readonly #waiting: { kind: 'read' | 'write'; start: () => void }[] = [];

  async read<R>(work: () => Promise<R>, call: CallOptions = {}): Promise<R> {
    return this.#enter('read', work, call);
  }

  async write<R>(work: () => Promise<R>, call: CallOptions = {}): Promise<R> {
    return this.#enter('write', work, call);
  }

  async #enter<R>(kind: 'read' | 'write', work: () => Promise<R>, { signal }: CallOptions): Promise<R> {
    signal?.throwIfAborted();
    const turn = deferred<void>();
    const entry = { kind, start: turn.resolve };
    this.#waiting.push(entry);
    this.#admit();
    try {
      await unlessAborted(turn.promise, signal);
    } catch (thrown) {
      const index = this.#waiting.indexOf(entry);
      if (index >= 0) this.#waiting.splice(index, 1);
      else this.#leave(kind);
      this.#admit();
      throw thrown;
    }
    try {
      return await work();
    } finally {
      this.#leave(kind);
      this.#admit();
    }
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (this.#writing || (next.kind === 'write' && this.#readers > 0)) return;
      this.#waiting.shift();
      if (next.kind === 'write') this.#writing = true;
      else this.#readers += 1;
      next.start();
    }
  }

  #leave(kind: 'read' | 'write'): void {
    if (kind === 'write') this.#writing = false;
    else this.#readers -= 1;
  }
}

/** Waits for `promise`, or rejects with the signal's reason as soon as it aborts. */
export async function unlessAborted<R>(promise: Promise<R>, signal: AbortSignal | undefined): Promise<R> {
  if (!signal) return promise;
  signal.throwIfAborted();
  const { promise: aborted, reject } = deferred<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
