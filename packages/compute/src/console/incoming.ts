import { once } from 'node:events';
import type { Socket } from 'node:net';

/** A peer that hung up, was too slow or did not keep to the protocol; the connection is closed without further ado. */
export class BadPeer extends Error {
  override readonly name = 'BadPeer';
}

/**
 * Takes bytes from a socket during a handshake. Nothing is read ahead: what is not taken stays in the socket for
 * whoever reads it next.
 */
export class Incoming {
  readonly #socket: Socket;
  readonly #limitMs: number;

  /** `limitMs`: how long each piece may take, milliseconds. */
  constructor(socket: Socket, limitMs: number) {
    this.#socket = socket;
    this.#limitMs = limitMs;
  }

  /** Exactly so many bytes. Throws `BadPeer`. */
  async take(length: number): Promise<Buffer> {
    const limit = AbortSignal.timeout(this.#limitMs);
    for (;;) {
      const bytes: Buffer | null = this.#socket.read(length);
      if (bytes?.length === length) return bytes;
      await this.#more(limit);
    }
  }

  /** Everything up to and including a marker, of at most so many bytes altogether. Throws `BadPeer`. */
  async takeUntil(marker: string, maximum: number): Promise<string> {
    const limit = AbortSignal.timeout(this.#limitMs);
    let text = '';
    while (!text.endsWith(marker)) {
      const bytes: Buffer | null = this.#socket.read(1);
      if (bytes !== null) text += bytes.toString('latin1');
      else await this.#more(limit);
      if (text.length > maximum) throw new BadPeer(`no request within ${maximum} bytes`);
    }
    return text;
  }

  async #more(limit: AbortSignal): Promise<void> {
    const settled = new AbortController();
    const signal = AbortSignal.any([limit, settled.signal]);
    if (this.#socket.readableEnded || this.#socket.destroyed) throw new BadPeer('the connection ended');
    try {
      await Promise.race(['readable', 'end', 'close'].map((event) => once(this.#socket, event, { signal })));
    } catch (cause) {
      throw new BadPeer(limit.aborted ? `silent for ${this.#limitMs} ms` : 'the connection broke', { cause });
    } finally {
      settled.abort();
    }
  }
}
