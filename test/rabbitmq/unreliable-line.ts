import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { closeTogether } from '../processes/joined-sockets.js';

/** A line to a broker that can swallow the broker's words and can be cut, as a failing switch would. */
export class UnreliableLine implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** While true, what the broker says is lost. What clients say arrives. */
  deaf = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** A line to a port of this machine. */
  static async to(port: number): Promise<UnreliableLine> {
    const server = createServer();
    const line = new UnreliableLine(server);
    server.on('connection', (near) => line.#join(near, connect(port, '127.0.0.1')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return line;
  }

  get url(): string {
    const address = this.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return `rabbit://guest:guest@127.0.0.1:${port}/`;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket, far: Socket): void {
    near.on('data', (data) => far.write(data));
    far.on('data', (data) => {
      if (!this.deaf) near.write(data);
    });
    closeTogether(this.#sockets, near, far);
  }
}
