import type { Consumer } from 'rabbitmq-client';
import { type OsloError, reasonOf } from '../errors.js';
import { Gate, settledWithin } from '../waiting.js';
import { report } from './diagnostics.js';
import { CLOSE_LIMIT_MS, type Link } from './link.js';
import type { QueueProps } from './topology.js';

/** A consumer that can be waited for. */
export class QueueConsumer {
  readonly queue: string;
  readonly #consumer: Consumer;
  readonly #gate = new Gate();
  readonly #link: Link;
  readonly #forget: () => void;
  #lastError: unknown;
  #wasConsumed = false;

  constructor(
    link: Link,
    props: QueueProps,
    onMessage: (body: unknown) => void,
    onRestored: () => void = () => {},
  ) {
    this.queue = props.queue;
    this.#link = link;
    this.#forget = link.onLost(() => this.#gate.shut());
    this.#consumer = link.connection.createConsumer(props, (message) => onMessage(message.body));
    this.#consumer.on('ready', () => {
      this.#lastError = undefined;
      this.#gate.open();
      report({ kind: 'consuming', queue: this.queue });
      if (this.#wasConsumed) onRestored();
      this.#wasConsumed = true;
    });
    this.#consumer.on('error', (error: unknown) => {
      this.#gate.shut();
      this.#lastError = error;
      report({ kind: 'consumer-lost', queue: this.queue, reason: reasonOf(error) });
    });
  }

  /** Resolves while the queue is being consumed. */
  ready(): Promise<void> {
    return this.#gate.passed();
  }

  /** The error of an operation that waited in vain for the queue: it was refused, or there is no connection. */
  failure(what: string): OsloError {
    return this.#link.failure(what, this.#lastError);
  }

  async close(): Promise<void> {
    this.#forget();
    await settledWithin(CLOSE_LIMIT_MS, this.#consumer.close());
  }
}
