import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What is read on for the sake of the connection, in bytes. */
const DISCARD_LIMIT = 65_536;

/** The answer to a request. Its body must be read to the end, left early or discarded. */
export class HttpResponse {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly #message: IncomingMessage;
  readonly #idleMs: number;

  constructor(message: IncomingMessage, idleMs: number) {
    this.statusCode = message.statusCode ?? 0;
    this.headers = message.headers;
    this.#message = message;
    this.#idleMs = idleMs;
  }

  /**
   * The bytes as they arrive. Leaving the iteration early drops the connection. Fails when nothing arrives for the
   * client's `idleTimeoutMs` (code ETIMEDOUT); the time that the reader needs for a piece does not count.
   */
  async *body(): AsyncGenerator<Uint8Array, void, void> {
    const message: AsyncIterable<Uint8Array> & IncomingMessage = this.#message;
    let waiting = true;
    let stalled: Error | undefined;
    const timer = setTimeout(() => {
      if (!waiting) return;
      const what = `nothing arrived for ${this.#idleMs / 1000} s`;
      stalled = Object.assign(new Error(what), { code: 'ETIMEDOUT' });
      message.destroy(stalled);
    }, this.#idleMs);
    try {
      for await (const piece of message) {
        waiting = false;
        yield piece;
        waiting = true;
        timer.refresh();
      }
    } catch (error) {
      throw stalled ?? error;
    } finally {
      clearTimeout(timer);
    }
  }

  async text(): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.body()) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  /** Reads on to the end, so that the connection can be used again; drops it when that would be long. */
  async discard(): Promise<void> {
    let bytes = 0;
    for await (const piece of this.body()) {
      bytes += piece.length;
      if (bytes > DISCARD_LIMIT) break;
    }
  }
}
