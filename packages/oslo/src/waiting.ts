import { OsloError } from './errors.js';

/** How long a caller is willing to wait. Without a limit the operation's own default applies. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** milliseconds */
  readonly timeoutMs?: number | undefined;
}

/** One operation's time limit together with its caller's AbortSignal; every wait inside the operation asks it. */
export class Deadline {
  readonly #expiresAt: number;
  readonly #signal: AbortSignal | undefined;
  readonly #what: string;

  /** `what` names the operation in errors, e.g. `call report_state on topic q-reports-plugin`. */
  constructor(what: string, timeoutMs: number, signal?: AbortSignal) {
    this.#what = what;
    this.#expiresAt = performance.now() + timeoutMs;
    this.#signal = signal;
  }

  get what(): string {
    return this.#what;
  }

  get remainingMs(): number {
    return Math.max(0, this.#expiresAt - performance.now());
  }

  /** @throws OsloError OSLO_ABORTED */
  throwIfAborted(): void {
    if (this.#signal?.aborted) throw this.#aborted(this.#signal);
  }

  /**
   * The promise's own outcome, or `expired()` when the limit passes first, or OSLO_ABORTED. The promise goes on
   * unobserved after that, so it must not hold anything that needs to be released.
   */
  async race<T>(promise: Promise<T>, expired: () => Error): Promise<T> {
    const limit = deferred<never>();
    const timer = setTimeout(() => limit.reject(expired()), this.remainingMs);
    try {
      return await this.#orAborted(Promise.race([promise, limit.promise]));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sleeps, but never past the limit. */
  async pause(milliseconds: number): Promise<void> {
    const slept = deferred<void>();
    const timer = setTimeout(slept.resolve, Math.min(milliseconds, this.remainingMs));
    try {
      await this.#orAborted(slept.promise);
    } finally {
      clearTimeout(timer);
    }
  }

  async #orAborted<T>(promise: Promise<T>): Promise<T> {
    const signal = this.#signal;
    if (signal === undefined) return await promise;
    this.throwIfAborted();
    const stop = deferred<never>();
    const onAbort = (): void => stop.reject(this.#aborted(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([promise, stop.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #aborted(signal: AbortSignal): OsloError {
    return new OsloError('OSLO_ABORTED', `${this.#what} was abandoned by the caller`, {
      cause: signal.reason,
    });
  }
}

export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  // Whoever waits sees the rejection; when nobody does, it must not end the process.
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/** A flag that can be waited for. */
export class Gate {
  #open = false;
  #next = deferred<void>();

  get isOpen(): boolean {
    return this.#open;
  }

  open(): void {
    this.#open = true;
    this.#next.resolve();
  }

  shut(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#next = deferred<void>();
  }

  /** Resolves when the gate is open, at once if it is. */
  passed(): Promise<void> {
    return this.#next.promise;
  }
}

/** Waits for a goodbye, but not for ever; what it fails with no longer matters. */
export async function settledWithin(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    await Promise.race([promise.catch(() => {}), limit]);
  } finally {
    clearTimeout(timer);
  }
}
