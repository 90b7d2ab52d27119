import type { Behaviour } from '../world/behaviour.js';
import type { Clock } from '../world/clock.js';
import type { EventType, SimulatedEvent } from './event.js';

export const eventBehaviours: readonly Behaviour[] = [
  {
    id: 'events.new-client',
    does: 'the first read of an application id answers NEW_CLIENT at once and alone',
    evidence: 'protocol reference 5.2, 5.3; capture event.xml',
  },
  {
    id: 'events.poll',
    does: 'a read of an empty queue waits ten seconds, then answers 204',
    assumed:
      "protocol reference 5.1 has the ten seconds from a client's documentation, 204 and empty feed are both legal",
  },
  {
    id: 'events.overflow',
    does: 'a queue that is not read loses everything when it is full and then holds one MISSING_EVENTS',
    assumed: 'protocol reference 5.3 (inferred)',
  },
];

interface Queue {
  events: SimulatedEvent[];
  /** Epoch milliseconds. */
  readAt: number;
  /** Wakes the reader that waits for the next event. */
  wake: (() => void) | undefined;
}

/** What one console has to tell, once per application id (protocol reference 5). */
export class EventQueues {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #pollMs: number;
  readonly #queues = new Map<string, Queue>();
  #lastId = 0;

  constructor(clock: Clock, options: { limit: number; pollMs: number }) {
    this.#clock = clock;
    this.#limit = options.limit;
    this.#pollMs = options.pollMs;
  }

  /** Application ids that were ever read, with what waits for them. */
  get queues(): ReadonlyMap<string, number> {
    return new Map([...this.#queues].map(([id, queue]) => [id, queue.events.length]));
  }

  /** Application ids for which a reader waits at the moment. */
  get awaited(): ReadonlySet<string> {
    return new Set([...this.#queues].flatMap(([id, { wake }]) => (wake === undefined ? [] : [id])));
  }

  /** When each application id was read last, epoch milliseconds. */
  get lastReads(): ReadonlyMap<string, number> {
    return new Map([...this.#queues].map(([id, queue]) => [id, queue.readAt]));
  }

  /** Puts an event into every queue. */
  publish(type: EventType, data: string, detail: string): SimulatedEvent {
    const event = { type, id: this.#nextId(), data, detail };
    for (const queue of this.#queues.values()) this.#put(queue, event);
    return event;
  }

  /** Everything that waits for this application id; waits for the first event when nothing does. */
  async read(applicationId: string, signal: AbortSignal): Promise<SimulatedEvent[]> {
    const queue = this.#queues.get(applicationId);
    if (queue === undefined) {
      this.#queues.set(applicationId, { events: [], wake: undefined, readAt: this.#clock.now() });
      return [{ type: 'NEW_CLIENT', id: this.#nextId(), data: '', detail: '' }];
    }
    queue.readAt = this.#clock.now();
    if (queue.events.length === 0) await this.#somethingToRead(queue, signal);
    // A reader that has gone takes nothing with it.
    return signal.aborted ? [] : queue.events.splice(0);
  }

  /** Events that were read and did not arrive are read again by the next one. */
  putBack(applicationId: string, events: readonly SimulatedEvent[]): void {
    this.#queues.get(applicationId)?.events.unshift(...events);
  }

  /** Events are lost: every reader is told so, and nothing else that happened before. */
  lose(): void {
    for (const queue of this.#queues.values()) this.#overflow(queue);
  }

  /** All application ids become unknown, as after a restart of the server. */
  forget(): void {
    for (const queue of this.#queues.values()) queue.wake?.();
    this.#queues.clear();
  }

  #put(queue: Queue, event: SimulatedEvent): void {
    if (queue.events.length >= this.#limit) this.#overflow(queue);
    else queue.events.push(event);
    queue.wake?.();
  }

  #overflow(queue: Queue): void {
    queue.events = [{ type: 'MISSING_EVENTS', id: this.#nextId(), data: '', detail: '' }];
    queue.wake?.();
  }

  #somethingToRead(queue: Queue, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = (): void => {
        cancel();
        signal.removeEventListener('abort', finish);
        if (queue.wake === finish) queue.wake = undefined;
        resolve();
      };
      const cancel = this.#clock.after(this.#pollMs, finish);
      signal.addEventListener('abort', finish, { once: true });
      queue.wake?.();
      queue.wake = finish;
    });
  }

  #nextId(): number {
    this.#lastId = Math.max(this.#lastId + 1, this.#clock.now());
    return this.#lastId;
  }
}
