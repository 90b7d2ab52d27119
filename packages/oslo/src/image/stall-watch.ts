import { OsloError } from '../errors.js';

/**
 * Ends an upload that stands still: a large body may take long, as long as it moves.
 */
export class StallWatch {
  readonly #stalled = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal: AbortSignal;

  constructor(what: string, idleMs: number, signal?: AbortSignal) {
    this.signal = signal ? AbortSignal.any([signal, this.#stalled.signal]) : this.#stalled.signal;
    this.#timer = setTimeout(() => {
      this.#stalled.abort(
        new OsloError('OSLO_HTTP_TIMEOUT', `${what}: nothing moved for ${idleMs / 1000} s`),
      );
    }, idleMs);
  }

  /** The same bytes; each one that is taken shows that the transfer is alive. */
  async *through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of source) {
      this.#timer.refresh();
      yield chunk;
    }
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
