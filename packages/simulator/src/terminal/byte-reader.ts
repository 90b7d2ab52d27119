import type { Socket } from 'node:net';

/** The client's connection ended in the middle of a message. */
export class ConnectionEnded extends Error {
  constructor() {
    super('the connection ended');
    this.name = 'ConnectionEnded';
  }
}

/** Takes exact numbers of bytes from a socket. */
export class ByteReader {
  readonly #socket: Socket;
  #buffer = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (piece) => {
      this.#buffer = Buffer.concat([this.#buffer, typeof piece === 'string' ? Buffer.from(piece) : piece]);
      this.#wake?.();
    });
    const ended = (): void => {
      this.#ended = true;
      this.#wake?.();
    };
    socket.on('close', ended);
    socket.on('end', ended);
  }

  /** Rejects with `ConnectionEnded` when there are not that many any more. */
  async take(length: number): Promise<Buffer> {
    while (this.#buffer.length < length) {
      if (this.#ended || this.#socket.destroyed) throw new ConnectionEnded();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return taken;
  }
}
