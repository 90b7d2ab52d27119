import { randomUUID } from 'node:crypto';
import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import { readAnswer } from '../reads/answer.js';
import { representationOfEntry } from '../reads/representation.js';
import { Event } from '../resources/index.js';
import type { Connection } from '../session/connection.js';
import type { Deadline } from '../time/deadline.js';
import { acceptAtom } from '../wire/media-types.js';
import { typePath } from '../wire/paths.js';
import { type PowerVMEvent, type ResynchroniseReason, resynchronise, toEvent } from './event.js';

/** Errors that no amount of polling will overcome. */
const hopeless = ['PVM_LOGON_REFUSED', 'PVM_SESSION_CLOSED', 'PVM_TLS_UNTRUSTED'] as const;

/**
 * The long poll of one session (protocol reference 5). The console keeps a queue per application id, and a read takes
 * what is in it; so an answer that was lost on the way is a gap, and is told as one once the console answers again.
 */
export class EventPoll {
  readonly #connection: Connection;
  readonly #deliver: (events: readonly PowerVMEvent[]) => void;
  readonly #path: string;
  #gap: ResynchroniseReason | undefined = 'subscribed';
  #failures = 0;

  constructor(connection: Connection, deliver: (events: readonly PowerVMEvent[]) => void) {
    this.#connection = connection;
    this.#deliver = deliver;
    const id = randomUUID().replaceAll('-', '');
    this.#path = `${typePath(Event)}?QUEUE_CLIENTKEY_METHOD=USE_APPLICATIONID&QUEUE_APPLICATIONID=${id}&group=None`;
  }

  /** Polls until the deadline ends; rejects when polling has become pointless. */
  async run(deadline: Deadline): Promise<never> {
    for (;;) {
      try {
        await this.#pollOnce(deadline);
        this.#failures = 0;
      } catch (error) {
        deadline.throwIfOver();
        if (PowerVMError.is(error, ...hopeless)) throw error;
        await this.#afterFailure(error, deadline);
      }
    }
  }

  async #pollOnce(deadline: Deadline): Promise<void> {
    const { reads, timing, origin } = this.#connection;
    const started = performance.now();
    const events = await this.#read(deadline);
    reads.forget(); // reads under way may have been answered before what these events tell
    const gap = this.#gap;
    this.#gap = undefined;
    const complete = gap === undefined ? events : [resynchronise(gap), ...events.filter(isNoNewClient)];
    if (complete.length > 0) {
      const told = complete.find(({ kind }) => kind === 'resynchronise')?.reason;
      publish('powervm.rest.events', { origin, outcome: 'events', events: complete.length, gap: told });
      this.#deliver(complete);
    }
    const idle = events.length === 0 && performance.now() - started < timing.eventIdleMs;
    if (idle) await deadline.sleep(timing.eventIdleMs);
  }

  async #read(deadline: Deadline): Promise<PowerVMEvent[]> {
    const path = this.#path;
    const response = await this.#connection.send({
      method: 'GET',
      path,
      headers: { Accept: acceptAtom },
      deadline,
      timeoutMs: this.#connection.timing.eventPollMs,
      lane: 'unbounded',
      once: true, // a repetition would hide the gap
    });
    if (response.status === 204) return [];
    return readAnswer(path, response.body).flatMap((entry) => {
      const { document } = representationOfEntry(Event.name, path, entry);
      return toEvent(Event.lens(document)) ?? [];
    });
  }

  async #afterFailure(error: unknown, deadline: Deadline): Promise<void> {
    const { origin, timing } = this.#connection;
    publish('powervm.rest.events', { origin, outcome: 'failed', error: PowerVMError.from(error).code });
    this.#gap ??= 'poll-failed';
    const delayMs = timing.eventRetryFirstMs * 2 ** Math.min(this.#failures, 20);
    this.#failures += 1;
    await deadline.sleep(Math.min(delayMs, timing.eventRetryLongestMs));
  }
}

/** A console answers the first read of a queue with NEW_CLIENT; the gap that is told anyway says the same. */
function isNoNewClient(event: PowerVMEvent): boolean {
  return event.reason !== 'new-client';
}
