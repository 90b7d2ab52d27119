import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A relay between one driver and the console that can be cut: what the console sees of a daemon that is killed. */
export class Wire implements AsyncDisposable {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  /** Gives the address that leads to this console. */
  async to(url: string): Promise<string> {
    const { port } = new URL(url);
    this.#server = createServer((client) => {
      const console = connect(Number(port), '127.0.0.1');
      for (const [one, other] of [
        [client, console],
        [console, client],
      ] as const) {
        this.#sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
        one.pipe(other);
      }
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the relay has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** From now on nothing gets through in either direction. */
  cut(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
  }
}
