import { createServer, type Server, type Socket } from 'node:net';
import type { DriverHost } from './host.js';
import { Peer } from './peer.js';
import { listenOnSocket, remove } from './socket.js';

export interface BridgeServerOptions {
  readonly path: string;
  readonly host: DriverHost;
  /** Version of the daemon, told at the handshake. */
  readonly version: string;
}

/** Serves the contract on a Unix socket to any number of connections. */
export class BridgeServer {
  readonly #peers = new Set<Peer>();
  readonly #server: Server;
  readonly #unsubscribe: () => void;

  private constructor(private readonly options: BridgeServerOptions) {
    this.#server = createServer((socket) => this.#accept(socket));
    this.#unsubscribe = options.host.subscribe((event) => {
      for (const peer of this.#peers) peer.lifecycle(event);
    });
  }

  /** Errors: `PVM_SOCKET_IN_USE`, `PVM_SOCKET_PATH`, and those of the file system. */
  static async listen(options: BridgeServerOptions): Promise<BridgeServer> {
    const bridge = new BridgeServer(options);
    try {
      await listenOnSocket(bridge.#server, options.path);
    } catch (error) {
      bridge.#unsubscribe();
      bridge.#server.close();
      throw error;
    }
    return bridge;
  }

  get path(): string {
    return this.options.path;
  }

  /** Number of open connections. */
  get connections(): number {
    return this.#peers.size;
  }

  /**
   * Takes no new connections, lets running requests end until `deadline` fires, and hangs up. The socket file goes
   * first, so that a successor can start at once.
   */
  async close(deadline: AbortSignal = AbortSignal.timeout(10_000)): Promise<void> {
    this.#unsubscribe();
    await remove(this.options.path);
    const stopped = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all([...this.#peers].map((peer) => peer.close(deadline)));
    await stopped;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #accept(socket: Socket): void {
    const peer = new Peer(socket, this.options.host, this.options.version);
    this.#peers.add(peer);
    peer.closed.addEventListener('abort', () => this.#peers.delete(peer), { once: true });
  }
}
