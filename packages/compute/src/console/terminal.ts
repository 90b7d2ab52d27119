import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Clock } from '../clock.js';
import { sentenceOf } from '../errors/index.js';
import type { Log } from '../log.js';
import type { ConsoleCredentials } from './credentials.js';
import type { Listener } from './listener.js';
import { secureViewer } from './vencrypt.js';

/** A terminal without viewers is closed after this time, milliseconds (CON-4). */
export const idleLimitMs = 300_000;

export interface TerminalOptions {
  readonly uuid: string;
  readonly partitionId: number;
  readonly clock: Clock;
  readonly log: Log;
  /** TLS with client certificates, where the operator wants it. */
  readonly credentials: ConsoleCredentials | undefined;
  /** Called once, when nobody has looked at the terminal for a while. */
  readonly onIdle: (terminal: Terminal) => void;
}

/** One open terminal: carries bytes between its viewers and its VNC port on this machine. */
export class Terminal {
  readonly uuid: string;
  readonly partitionId: number;
  /** The terminal's VNC port on this machine; a terminal that was opened anew may have another. */
  localPort: number;
  /** The port that is this terminal's alone, if it has one. */
  listener: Listener | undefined;
  readonly #options: TerminalOptions;
  readonly #viewers = new Set<Socket>();
  #waiting: AbortController | undefined;
  #unwatched = false;
  #closed = false;

  constructor(localPort: number, options: TerminalOptions) {
    this.localPort = localPort;
    this.uuid = options.uuid;
    this.partitionId = options.partitionId;
    this.#options = options;
    this.rest();
  }

  /** Nobody has looked at it for so long that it may be closed. */
  get unwatched(): boolean {
    return this.#unwatched;
  }

  /** Serves one viewer to its end; never fails. */
  async serve(viewer: Socket): Promise<void> {
    const { log } = this.#options;
    const fields = { partition: this.uuid, viewer: viewer.remoteAddress };
    this.#viewers.add(viewer);
    this.rest();
    log.info('A viewer of the console has come', fields);
    try {
      await this.#connect(viewer);
      log.info('A viewer of the console has left', fields);
    } catch (thrown) {
      log.warn(`A viewer of the console was turned away: ${sentenceOf(thrown)}`, fields);
    } finally {
      viewer.destroySoon();
      this.#viewers.delete(viewer);
      this.rest();
    }
  }

  /** Begins to count the time without viewers anew. */
  rest(): void {
    this.#waiting?.abort();
    this.#unwatched = false;
    if (this.#closed || this.#viewers.size > 0) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    const { clock, onIdle } = this.#options;
    const idle = (): void => {
      this.#unwatched = true;
      onIdle(this);
    };
    clock.sleep(idleLimitMs, waiting.signal).then(idle, () => undefined); // aborted: a viewer has come
  }

  /** Turns the viewers out and stops listening. The terminal itself is closed by a command. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting?.abort();
    for (const viewer of this.#viewers) viewer.destroy();
    await this.listener?.close();
  }

  async #connect(viewer: Socket): Promise<void> {
    const terminal = connect(this.localPort, '127.0.0.1');
    try {
      await once(terminal, 'connect');
      terminal.on('error', () => terminal.destroy());
      const { credentials } = this.#options;
      const partner = credentials ? await secureViewer(viewer, terminal, credentials) : viewer;
      partner.on('error', () => partner.destroy());
      await relay(partner, terminal);
    } finally {
      terminal.destroy();
    }
  }
}

/** Carries bytes both ways until one side closes; what it has said by then still reaches the other. */
async function relay(one: Socket, other: Socket): Promise<void> {
  one.pipe(other);
  other.pipe(one);
  await Promise.race([closing(one), closing(other)]);
  one.destroySoon();
  other.destroySoon();
}

/** Settles when a socket is closed, for whatever reason. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}
