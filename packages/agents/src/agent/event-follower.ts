import type { PowerVMEvent, Session } from '@openstack-powervm/rest';
import type { PlugQueue } from './plug-queue.js';
import { requestOf } from './vif-event.js';

export interface EventFollowerOptions {
  readonly session: Session;
  readonly vifType: string;
  readonly queue: PlugQueue;
  /** Asks for every port again. */
  readonly refetch: () => Promise<void>;
  /** Hears of every event that is no request. */
  readonly onEvent: (event: PowerVMEvent) => void;
}

/** Turns the platform's events into requests. */
export class EventFollower {
  readonly #options: EventFollowerOptions;
  #announce: () => void = () => {};
  #first = true;

  /** Resolves when events are queued for the first time: what happens from then on is not missed. */
  readonly subscribed: Promise<void>;

  constructor(options: EventFollowerOptions) {
    this.#options = options;
    this.subscribed = new Promise((resolve) => {
      this.#announce = resolve;
    });
  }

  /** Follows events until the stream ends or the signal aborts. Call it again to go on. */
  async follow(signal: AbortSignal): Promise<void> {
    const { session, refetch } = this.#options;
    await using events = session.events({ signal });
    for await (const event of events) {
      if (event.kind === 'resynchronise') {
        const missed = !this.#first;
        this.#first = false;
        this.#announce();
        // When the first stream begins nothing was missed: healing starts right after it (EVR-1).
        if (missed) await refetch();
      } else {
        this.#take(event);
      }
    }
  }

  #take(event: PowerVMEvent): void {
    const { vifType, queue, onEvent } = this.#options;
    const request = requestOf(event, vifType);
    if (request) queue.add(request);
    else onEvent(event);
  }
}
