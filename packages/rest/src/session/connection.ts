import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import { forgetReads } from '../pipeline/forget-reads.js';
import type { SessionToken } from '../pipeline/session-token.js';
import { SharedReads } from '../reads/shared-reads.js';
import { type CallOptions, Deadline, withDeadline } from '../time/deadline.js';
import { TaskSet } from '../time/task-set.js';
import type { Timing } from '../time/timing.js';
import type { HttpTransport } from '../transport/http.js';
import { compose, type Send } from '../transport/message.js';
import type { ConsoleKind } from './console.js';
import { logOff } from './logon.js';

/** The parts a connection is made of. */
export interface ConnectionParts {
  readonly transport: HttpTransport;
  readonly console: ConsoleKind;
  readonly token: SessionToken;
  readonly timing: Timing;
  /** The whole pipeline. */
  readonly send: Send;
  /** The pipeline without what a session adds: token and repetition. */
  readonly bareSend: Send;
}

/** A session as its verbs see it: a way to send, the limits, and when it is over. */
export class Connection {
  readonly origin: string;
  readonly console: ConsoleKind;
  readonly timing: Timing;
  readonly send: Send;
  readonly reads: SharedReads;
  readonly #parts: ConnectionParts;
  readonly #closing = new AbortController();
  /** Fires when background work has had its time. */
  readonly #ending = new AbortController();
  readonly #calls = new TaskSet();
  readonly #background = new TaskSet();
  #closed: Promise<void> | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.origin = parts.transport.origin;
    this.console = parts.console;
    this.timing = parts.timing;
    this.send = compose(parts.send, [forgetReads(() => this.reads.forget())]);
    this.reads = new SharedReads(this.send, parts.timing.requestMs, this.closing);
  }

  /** Fires when the session is being closed; its reason is the error for calls under way. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Runs one verb under its deadline, which also ends when the session is closed. */
  async run<T>(
    what: string,
    call: CallOptions,
    defaultMs: number,
    work: (deadline: Deadline) => Promise<T>,
  ): Promise<T> {
    return await this.#calls.run(() =>
      withDeadline(new Deadline(what, call, defaultMs, [this.closing]), work),
    );
  }

  /**
   * Runs work that goes on when the caller that started it has gone; `close` waits for it a while. 0 is no limit. A
   * failure that nobody looks at stays silent: the work publishes what others should know.
   */
  inBackground<T>(what: string, limitMs: number, work: (deadline: Deadline) => Promise<T>): Promise<T> {
    const outcome = this.#background.run(() =>
      withDeadline(new Deadline(what, {}, limitMs, [this.#ending.signal]), work),
    );
    outcome.catch(() => {});
    return outcome;
  }

  /** Ends calls under way, lets background work finish, logs off, and breaks the connections. Never rejects. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { timing, transport } = this.#parts;
    const closed = new PowerVMError('PVM_SESSION_CLOSED', `The session on ${this.origin} was closed`);
    this.#closing.abort(closed);
    await this.#calls.idle(); // they end at once, but may leave work behind
    await this.#background.idleWithin(timing.closeMs);
    this.#ending.abort(closed);
    await this.#background.idle();
    await this.#logOff();
    transport.destroy();
  }

  async #logOff(): Promise<void> {
    const { bareSend, token, timing } = this.#parts;
    const { origin } = this;
    try {
      const limit = new Deadline('log off', { timeoutMs: timing.closeMs }, timing.closeMs);
      await withDeadline(limit, async (deadline) => {
        await deadline.race(token.settled());
        await logOff(bareSend, token.value, deadline, timing.closeMs);
      });
      publish('powervm.rest.session', { origin, step: 'logoff' });
    } catch (error) {
      // Nobody can act on it: the console ends the session by itself after a while (protocol reference 1.5).
      publish('powervm.rest.session', {
        origin,
        step: 'logoff-failed',
        error: PowerVMError.from(error).code,
      });
    }
  }
}
