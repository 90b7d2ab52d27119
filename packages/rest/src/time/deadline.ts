import { setMaxListeners } from 'node:events';
import { PowerVMError } from '../errors/error.js';

/** What every call that waits accepts. */
export interface CallOptions {
  /** Gives the call up; it then rejects with `PVM_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds the whole call may take, all its requests and retries together; 0 means no limit, less than 0 none left. */
  readonly timeoutMs?: number | undefined;
}

/** Node's timers hold at most this many milliseconds (about 25 days); a longer wait is as good as none. */
const longestTimer = 2 ** 31 - 1;

/**
 * The end of a call, whether by time or by the caller's wish: one AbortSignal whose reason is the PowerVMError to
 * throw. Dispose of it when the call ends, or its timer keeps the process alive.
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #what: string;
  #expiresAt = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  readonly #cleanups: (() => void)[] = [];

  /**
   * @param what names the call in the error's message, such as `read VirtualIOServer`.
   * @param others signals that also end the call, with the PowerVMError that is their reason.
   */
  constructor(what: string, call: CallOptions, defaultMs: number, others: readonly AbortSignal[] = []) {
    this.#what = what;
    const ms = call.timeoutMs ?? defaultMs;
    if (Number.isNaN(ms))
      this.end(new PowerVMError('PVM_INVALID_ARGUMENT', `The time to ${what} is no number`));
    else if (ms !== 0) this.#expireIn(Math.max(ms, 0));
    if (call.signal) this.#follow(call.signal, (cause) => abortedError(what, cause));
    for (const other of others) this.#follow(other, (cause) => PowerVMError.from(cause));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Milliseconds left; never negative, infinite without a limit. */
  remainingMs(): number {
    return Math.max(0, this.#expiresAt - performance.now());
  }

  /** Ends the call with this error; later ends are ignored. */
  end(error: PowerVMError): void {
    this.#controller.abort(error);
  }

  /** Moves the end by time to a later moment; an earlier one changes nothing. */
  extend(remainingMs: number): void {
    if (remainingMs > this.remainingMs()) this.#expireIn(remainingMs);
  }

  throwIfOver(): void {
    this.signal.throwIfAborted();
  }

  /** Waits, unless the deadline ends the wait. */
  async sleep(ms: number): Promise<void> {
    await sleep(ms, this.signal);
  }

  /** The outcome of a promise, unless the deadline is over first; the work behind the promise goes on. */
  async race<T>(promise: Promise<T>): Promise<T> {
    return await race(promise, this.signal);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
  }

  #expireIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#expiresAt = performance.now() + ms;
    const expire = () => this.end(new PowerVMError('PVM_TIMEOUT', `The time to ${this.#what} has passed`));
    if (ms === 0) expire();
    else if (ms <= longestTimer) this.#timer = setTimeout(expire, ms);
  }

  #follow(signal: AbortSignal, errorFor: (cause: unknown) => PowerVMError): void {
    const onAbort = () => this.end(errorFor(signal.reason));
    if (signal.aborted) {
      onAbort();
      return;
    }
    setMaxListeners(0, signal); // one signal may end many calls; each takes its listener away again
    signal.addEventListener('abort', onAbort, { once: true });
    this.#cleanups.push(() => signal.removeEventListener('abort', onAbort));
  }
}

function abortedError(what: string, cause: unknown): PowerVMError {
  return cause instanceof PowerVMError
    ? cause
    : new PowerVMError('PVM_ABORTED', `The call to ${what} was aborted`, { cause });
}

/** Runs `work` under a deadline that is disposed of when the work ends. */
export async function withDeadline<T>(
  deadline: Deadline,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  using scope = deadline;
  scope.throwIfOver();
  return await work(scope);
}

/** Waits; rejects with the signal's reason when it fires first. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, longestTimer));
  });
  try {
    await race(elapsed, signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The outcome of a promise, or the signal's reason if that fires first. */
export async function race<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
    promise.catch(() => {}); // the loser must not become an unhandled rejection
  }
}
