import { Connection } from 'rabbitmq-client';
import type { OsloError } from '../errors.js';
import { Gate, settledWithin } from '../waiting.js';
import { connectionFailure, explainConnectionFailure } from './connection-failure.js';
import { report } from './diagnostics.js';
import type { MessagingOptions } from './options.js';
import type { BrokerAddress } from './transport-url.js';

/** How long a clean goodbye may take before sockets are simply dropped, in ms. */
export const CLOSE_LIMIT_MS = 5000;
/** As a stock agent negotiates it (captures: oslo-messaging/README). */
const FRAME_MAX = 131_072;

/** One TCP connection that comes back by itself. */
export class Link {
  readonly connection: Connection;
  readonly #name: string;
  readonly #gate = new Gate();
  readonly #lost = new Set<(reason: string) => void>();
  readonly #brokers: readonly BrokerAddress[];
  #lastError: unknown;

  constructor(options: MessagingOptions, name: string) {
    this.#name = name;
    this.#brokers = options.url.brokers;
    this.connection = new Connection(connectionOptions(options, name));
    this.connection.on('connection', () => {
      this.#lastError = undefined;
      this.#gate.open();
      report({ kind: 'connected', connection: name });
    });
    this.connection.on('connection.blocked', (reason) =>
      report({ kind: 'blocked', connection: name, reason }),
    );
    this.connection.on('connection.unblocked', () => report({ kind: 'unblocked', connection: name }));
    this.connection.on('error', (error: unknown) => this.#onError(error));
  }

  get isReady(): boolean {
    return this.#gate.isOpen;
  }

  ready(): Promise<void> {
    return this.#gate.passed();
  }

  /** The error of an operation that could not wait any longer; `cause` is its own trouble, if it had any. */
  failure(what: string, cause: unknown): OsloError {
    return connectionFailure(what, this.#brokers, cause ?? this.#lastError);
  }

  onLost(listener: (reason: string) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  async close(): Promise<void> {
    await settledWithin(CLOSE_LIMIT_MS, this.connection.close());
    this.connection.unsafeDestroy();
  }

  /** Errors of single channels arrive here, too; only a lost connection leaves the connection unready. */
  #onError(error: unknown): void {
    this.#lastError = error;
    if (this.connection.ready) return;
    this.#gate.shut();
    const reason = explainConnectionFailure(error);
    report({ kind: 'lost', connection: this.#name, reason });
    for (const listener of this.#lost) listener(reason);
  }
}

function connectionOptions(
  options: MessagingOptions,
  name: string,
): ConstructorParameters<typeof Connection>[0] {
  const { url, tls } = options;
  // Agents that start together must not all turn to the same broker.
  const hosts = [...url.brokers].sort(() => Math.random() - 0.5);
  const [first] = hosts;
  return {
    ...(first && { hostname: first.hostname, port: first.port }),
    ...(hosts.length > 1 && { hosts: hosts.map((host) => `${host.hostname}:${host.port}`) }),
    username: url.username,
    password: url.password,
    vhost: url.virtualHost,
    connectionName: name,
    heartbeat: options.heartbeatSeconds,
    frameMax: FRAME_MAX,
    retryLow: options.retryLowMs,
    retryHigh: Math.max(options.retryHighMs, options.retryLowMs),
    // Without it Nagle's algorithm and delayed acknowledgements add 44 ms to every message (measured).
    noDelay: true,
    ...(tls && {
      tls: {
        ...(tls.ca && { ca: tls.ca }),
        ...(tls.cert && { cert: tls.cert }),
        ...(tls.key && { key: tls.key }),
        rejectUnauthorized: tls.rejectUnauthorized,
        ...(!tls.verifyHost && { checkServerIdentity: () => undefined }),
      },
    }),
  };
}
