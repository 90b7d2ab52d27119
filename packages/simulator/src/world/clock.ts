/** The world's time: everything that happens later goes through here, and stops when the simulator closes. */
export class Clock {
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;
  #ahead = 0;

  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Skips `ms` milliseconds: counters and ages go on as if they had passed, what is under way takes its time. */
  pass(ms: number): void {
    this.#ahead += ms;
  }

  /** Runs the action after `ms` milliseconds; the returned function calls it off. */
  after(ms: number, action: () => void): () => void {
    if (this.#closed) return () => {};
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      const onAbort = (): void => {
        cancel();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
