import { Agent, type ClientRequestArgs } from 'node:http';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectSecure } from 'node:tls';
import { PowerVMError } from '../errors/error.js';
import { pinProblem, type Trust } from './tls.js';

/** An idle connection is closed after this long, before a console is likely to close it under a new request. */
const keepAliveMs = 4_000;

type Made = (error: Error | null, socket: Duplex) => void;

/**
 * Keep-alive connections to one console, plain or TLS. A connection counts as made when the certificate is trusted,
 * and making it has its own time limit. There is no bound on their number: the pipeline's throttle has it, and a
 * second bound here could deadlock.
 */
export class Connections extends Agent {
  readonly #origin: URL;
  readonly #trust: Trust;
  readonly #connectMs: number;
  /** The base class knows a connection only once it is made. */
  readonly #unfinished = new Set<Socket>();

  constructor(origin: URL, trust: Trust, connectMs: number) {
    super({ keepAlive: true, timeout: keepAliveMs });
    this.#origin = origin;
    this.#trust = trust;
    this.#connectMs = connectMs;
  }

  override createConnection(_options: ClientRequestArgs, made?: Made): undefined {
    const { socket, ready } = this.#begin();
    this.#unfinished.add(socket);
    let open = true;
    const finish = (error: Error | null): void => {
      if (!open) return;
      open = false;
      clearTimeout(timer);
      this.#unfinished.delete(socket);
      if (error) socket.destroy();
      made?.(error, socket);
    };
    const late = `${this.#origin.origin} took no connection within ${this.#connectMs} ms`;
    const timer = setTimeout(() => finish(new PowerVMError('PVM_UNREACHABLE', late)), this.#connectMs);
    socket.once(ready, () => finish(pinProblem(socket, this.#trust) ?? null));
    // Stays for the life of the connection: when it breaks while idle, the base class takes it out of the pool.
    socket.on('error', finish);
    socket.once('close', () => finish(new PowerVMError('PVM_SESSION_CLOSED', 'The connection was closed')));
  }

  override destroy(): void {
    for (const socket of this.#unfinished) socket.destroy();
    super.destroy();
  }

  #begin(): { socket: Socket; ready: 'connect' | 'secureConnect' } {
    const secure = this.#origin.protocol === 'https:';
    const host = this.#origin.hostname.replace(/^\[|\]$/g, '');
    const port = Number(this.#origin.port) || (secure ? 443 : 80);
    if (!secure) return { socket: connectPlain({ host, port, noDelay: true }), ready: 'connect' };
    const { ca, pinned } = this.#trust;
    const socket = connectSecure({
      host,
      port,
      ALPNProtocols: ['http/1.1'],
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca !== undefined && { ca }),
      ...(pinned && { rejectUnauthorized: false }), // the pin decides instead
    });
    socket.setNoDelay(true);
    return { socket, ready: 'secureConnect' };
  }
}
