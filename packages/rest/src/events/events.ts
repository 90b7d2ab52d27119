import { PowerVMError } from '../errors/error.js';
import type { Connection } from '../session/connection.js';
import { Deadline, withDeadline } from '../time/deadline.js';
import { type PowerVMEvent, resynchronise } from './event.js';
import { EventPoll } from './event-poll.js';
import { EventQueue, type EventStream } from './event-stream.js';

/** How to subscribe. */
export interface EventOptions {
  /** Ends the stream with `PVM_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Events kept for a reader that is busy; 1,000 when absent. One that falls further behind has to resynchronise. */
  readonly buffer?: number | undefined;
}

/** What the poll and its end need to know of each other. */
interface RunningPoll {
  readonly deadline: Deadline;
  /** Whether the console has answered: from then on its queue exists. */
  answered: boolean;
}

/** The event streams of a session: one long poll for all of them, running while there is at least one. */
export class Events {
  readonly #connection: Connection;
  readonly #queues = new Set<EventQueue>();
  #poll: RunningPoll | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Subscribes. The first event is `resynchronise`, as soon as the console queues events for this session: whoever
   * reads the state after that misses nothing.
   */
  subscribe({ signal, buffer = 1000 }: EventOptions = {}): EventStream {
    this.#connection.closing.throwIfAborted();
    signal?.throwIfAborted();
    const onAbort = () => queue.end(new PowerVMError('PVM_ABORTED', 'The event stream was aborted'));
    const queue = new EventQueue(buffer, (closed) => {
      signal?.removeEventListener('abort', onAbort);
      this.#leave(closed);
    });
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#queues.add(queue);
    if (this.#poll?.answered) queue.push(resynchronise('subscribed'));
    this.#poll ??= this.#start();
    return queue;
  }

  #start(): RunningPoll {
    const deadline = new Deadline('poll for events', {}, 0, [this.#connection.closing]);
    const running: RunningPoll = { deadline, answered: false };
    const poll = new EventPoll(this.#connection, (events) => {
      running.answered = true;
      this.#deliver(events);
    });
    void withDeadline(deadline, () => poll.run(deadline)).catch((error) => this.#stopped(running, error));
    return running;
  }

  #deliver(events: readonly PowerVMEvent[]): void {
    for (const event of events) for (const queue of this.#queues) queue.push(event);
  }

  /** The last reader takes the poll along. */
  #leave(queue: EventQueue): void {
    this.#queues.delete(queue);
    if (this.#queues.size > 0) return;
    this.#poll?.deadline.end(new PowerVMError('PVM_ABORTED', 'Nobody waits for events any more'));
    this.#poll = undefined;
  }

  /** A closed session ends its streams quietly; a poll that failed for good tells all readers why. */
  #stopped(running: RunningPoll, error: unknown): void {
    if (this.#poll !== running) return;
    this.#poll = undefined;
    const quiet = this.#connection.closing.aborted;
    for (const queue of [...this.#queues]) queue.end(quiet ? undefined : error);
  }
}
