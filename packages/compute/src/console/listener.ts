import { createServer, type Server, type Socket } from 'node:net';

/** A listening port that ends its connections when it is closed. */
export class Listener {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(server: Server, sockets: Set<Socket>, port: number) {
    this.#server = server;
    this.#sockets = sockets;
    this.port = port;
  }

  /** Listens; port 0 takes a free one. Rejects with the system's error, such as EADDRINUSE. */
  static async open(host: string, port: number, onConnection: (socket: Socket) => void): Promise<Listener> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      // Whoever serves the connection notices its end.
      socket.on('error', () => socket.destroy());
      onConnection(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
    const address = server.address();
    return new Listener(
      server,
      sockets,
      address !== null && typeof address === 'object' ? address.port : port,
    );
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}
