import type { Socket } from 'node:net';
import type { Clock } from '../clock.js';
import { DriverError, sentenceOf } from '../errors/index.js';
import { type CallOptions, KeyedLock } from '../flow/index.js';
import type { Log } from '../log.js';
import type { Partition } from '../partition/partition.js';
import { answerConnect } from './connect-request.js';
import type { ConsoleCredentials } from './credentials.js';
import { Listener } from './listener.js';
import { Terminal } from './terminal.js';
import type { TerminalCommands } from './terminal-commands.js';

/** Where a console proxy finds a terminal. */
export interface ConsoleAccess {
  readonly host: string;
  readonly port: number;
  /** What the proxy must ask for with a CONNECT request; null where the port is the terminal's alone. */
  readonly internalAccessPath: string | null;
}

export interface ConsolesOptions {
  readonly commands: TerminalCommands;
  /** Address that viewers connect to. */
  readonly address: string;
  /** `path`: all terminals share one port; `port`: each has its own. */
  readonly access: 'path' | 'port';
  /** The shared port. */
  readonly port: number;
  readonly credentials: ConsoleCredentials | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The open terminals of the host's partitions, made reachable for console proxies (section 17.2). A terminal is
 * opened on demand and closed when nobody has looked at it for five minutes, when its partition goes, and at the end.
 */
export class Consoles {
  readonly #options: ConsolesOptions;
  /** By partition UUID, lower case. */
  readonly #terminals = new Map<string, Terminal>();
  /** Opening and closing of one terminal come one after the other. */
  readonly #lock = new KeyedLock();
  #shared: Promise<Listener> | undefined;

  constructor(options: ConsolesOptions) {
    this.#options = options;
  }

  /** Opens the terminal of a partition, or finds it open. Throws `PVM_CONSOLE_UNAVAILABLE`. */
  async open(partition: Partition, call: CallOptions): Promise<ConsoleAccess> {
    const uuid = partition.uuid.toLowerCase();
    return this.#lock.run(uuid, () => this.#open(uuid, partition, call), call);
  }

  /** Closes the terminal of a partition that goes away, whoever has opened it; never fails (CON-6). */
  async close({ uuid, id }: Pick<Partition, 'uuid' | 'id'>, call: CallOptions = {}): Promise<void> {
    const key = uuid.toLowerCase();
    await this.#lock.run(key, () => this.#close(key, id, call));
  }

  /** Closes everything that was opened. */
  async stop(): Promise<void> {
    await Promise.all(
      [...this.#terminals.values()].map(({ uuid, partitionId: id }) => this.close({ uuid, id })),
    );
    const shared = this.#shared;
    this.#shared = undefined;
    await shared?.then((listener) => listener.close()).catch(() => undefined);
  }

  async #open(uuid: string, partition: Partition, call: CallOptions): Promise<ConsoleAccess> {
    const { address, access } = this.#options;
    const localPort = await this.#options.commands.open(partition, call);
    const terminal = this.#terminals.get(uuid) ?? this.#newTerminal(uuid, partition.id, localPort);
    terminal.localPort = localPort;
    terminal.rest();
    try {
      const listener = access === 'path' ? await this.#listenShared() : await this.#listenFor(terminal);
      return { host: address, port: listener.port, internalAccessPath: access === 'path' ? uuid : null };
    } catch (thrown) {
      await this.#close(uuid, partition.id, {});
      throw this.#notListening(thrown);
    }
  }

  #newTerminal(uuid: string, partitionId: number, localPort: number): Terminal {
    const { clock, log, credentials } = this.#options;
    const onIdle = (idle: Terminal): void => void this.#closeUnwatched(idle);
    const terminal = new Terminal(localPort, { uuid, partitionId, clock, log, credentials, onIdle });
    this.#terminals.set(uuid, terminal);
    return terminal;
  }

  async #closeUnwatched(terminal: Terminal): Promise<void> {
    const { uuid, partitionId } = terminal;
    await this.#lock.run(uuid, async () => {
      // It may have been asked for again, or closed, in the meantime.
      if (!terminal.unwatched || this.#terminals.get(uuid) !== terminal) return;
      this.#options.log.info('A console without viewers is closed', { partition: uuid });
      await this.#close(uuid, partitionId, {});
    });
  }

  async #close(uuid: string, partitionId: number, call: CallOptions): Promise<void> {
    const terminal = this.#terminals.get(uuid);
    this.#terminals.delete(uuid);
    await terminal?.close();
    try {
      await this.#options.commands.close(partitionId, call);
    } catch (thrown) {
      // Where there are no such commands nothing was opened with them.
      if (terminal)
        this.#options.log.warn(`A terminal stays open: ${sentenceOf(thrown)}`, { partition: uuid });
    }
  }

  async #listenShared(): Promise<Listener> {
    const { address, port } = this.#options;
    this.#shared ??= Listener.open(address, port, (socket) => void this.#welcome(socket));
    try {
      return await this.#shared;
    } catch (thrown) {
      this.#shared = undefined; // the next console tries again
      throw thrown;
    }
  }

  async #welcome(socket: Socket): Promise<void> {
    const terminal = await answerConnect(socket, (path) => this.#terminals.get(path.toLowerCase()));
    await terminal?.serve(socket);
  }

  /** The terminal's own number where that is free on the console address, as with a plain forwarded port. */
  async #listenFor(terminal: Terminal): Promise<Listener> {
    const { address } = this.#options;
    const serve = (socket: Socket): void => void terminal.serve(socket);
    terminal.listener ??= await Listener.open(address, terminal.localPort, serve).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
        return Listener.open(address, 0, serve);
      throw error;
    });
    return terminal.listener;
  }

  #notListening(cause: unknown): DriverError {
    const { address, port, access } = this.#options;
    const where = access === 'path' ? `${address}:${port}` : address;
    return new DriverError(
      'PVM_CONSOLE_UNAVAILABLE',
      `Consoles cannot be reached: nothing can listen on ${where} (${sentenceOf(cause)}); see [vnc] ` +
        'server_proxyclient_address and [powervm] vnc_port',
      { address, port },
      cause,
    );
  }
}
