import { randomUUID } from 'node:crypto';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { Publisher } from 'rabbitmq-client';
import { OsloError, reasonOf } from '../errors.js';
import { type Deadline, settledWithin } from '../waiting.js';
import { report } from './diagnostics.js';
import { uniqueIdOf } from './envelope.js';
import { CLOSE_LIMIT_MS, Link } from './link.js';
import type { MessagingOptions } from './options.js';
import { QueueConsumer } from './queue-consumer.js';
import { type QueueProps, type Topology, topology } from './topology.js';

/** A message on its way out. */
export interface Outgoing {
  readonly exchange: Topology['callExchange'] | undefined;
  readonly routingKey: string;
  readonly body: Buffer;
  readonly uniqueId: string;
  /** The broker drops the message after this time; calls carry their own time limit here. */
  readonly expirationMs?: number | undefined;
  /** Ask the broker to return the message when no queue takes it (OSLO_RPC_NO_LISTENER). */
  readonly mandatory: boolean;
}

/** Between two tries to publish, in ms. */
const PUBLISH_RETRY_MS = 250;

/**
 * One process's connections to RabbitMQ: one that sends and one that receives, because a broker short of memory
 * stops reading from whoever sends, and answers must still come in then. Both reconnect for ever, over all brokers
 * of the transport URL, and declare again whatever they use.
 */
export class Broker {
  readonly topology: Topology;
  /** Name of this process in the broker's list of connections: `program:pid:uuid`. */
  readonly name: string;
  readonly #sending: Link;
  readonly #receiving: Link;
  readonly #publishers = new Map<string, Publisher>();
  readonly #returned = new Set<string>();
  #closed = false;

  constructor(options: MessagingOptions, program: string) {
    this.topology = topology(options.exchange, options.topology);
    this.name = `${program}:${process.pid}:${randomUUID()}`;
    this.#sending = new Link(options, `${this.name}:send`);
    this.#receiving = new Link(options, `${this.name}:receive`);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Sends a message and waits until the broker has it. A lost connection or a missing exchange is repaired and the
   * message is sent again with the same unique id, so that receivers can drop the copy.
   *
   * @throws OsloError OSLO_RPC_UNREACHABLE, OSLO_RPC_TLS, OSLO_AUTH_REFUSED, OSLO_RPC_NO_LISTENER, OSLO_ABORTED,
   *   OSLO_CLOSED
   */
  async send(message: Outgoing, deadline: Deadline): Promise<void> {
    const unreachable = (error?: unknown) => () => this.#sending.failure(deadline.what, error);
    for (;;) {
      if (this.#closed) throw closedError(deadline);
      await deadline.race(this.#sending.ready(), unreachable());
      try {
        await deadline.race(this.#publish(message), unreachable());
        break;
      } catch (error) {
        if (error instanceof OsloError) throw error;
        if (deadline.remainingMs === 0) throw unreachable(error)();
      }
      await deadline.pause(PUBLISH_RETRY_MS);
    }
    // A return precedes the confirmation on the wire, but the library announces it one turn later.
    await nextTick();
    if (this.#returned.delete(message.uniqueId))
      throw new OsloError(
        'OSLO_RPC_NO_LISTENER',
        `${deadline.what}: no service listens on ${message.routingKey}`,
      );
  }

  /**
   * Consumes a queue until the returned consumer is closed. The queue is declared, bound and consumed again after
   * every loss; then `onRestored` runs. `onMessage` must not throw; the message is acknowledged as soon as it returns.
   */
  consume(
    props: QueueProps,
    onMessage: (body: unknown) => void,
    onRestored?: (() => void) | undefined,
  ): QueueConsumer {
    return new QueueConsumer(this.#receiving, props, onMessage, onRestored);
  }

  /** Calls the listener whenever the receiving connection is lost; returns how to stop that. */
  onReceivingLost(listener: (reason: string) => void): () => void {
    return this.#receiving.onLost(listener);
  }

  /** Deletes a queue that nobody else uses, as a clean goodbye; without a connection it is left to expire. */
  async deleteQueue(queue: string): Promise<void> {
    if (!this.#receiving.isReady) return;
    await this.#receiving.connection.queueDelete({ queue }).catch((error: unknown) => {
      report({ kind: 'consumer-lost', queue, reason: reasonOf(error) });
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await settledWithin(
      CLOSE_LIMIT_MS,
      Promise.allSettled([...this.#publishers.values()].map((each) => each.close())),
    );
    await Promise.all([this.#sending.close(), this.#receiving.close()]);
  }

  async #publish(message: Outgoing): Promise<void> {
    await this.#publisher(message.exchange).send(
      {
        exchange: message.exchange?.exchange ?? '',
        routingKey: message.routingKey,
        mandatory: message.mandatory,
        contentType: 'application/json',
        contentEncoding: 'utf-8',
        headers: {},
        durable: true,
        priority: 0,
        ...(message.expirationMs !== undefined && { expiration: String(Math.ceil(message.expirationMs)) }),
      },
      message.body,
    );
  }

  #publisher(exchange: Outgoing['exchange']): Publisher {
    const key = exchange?.exchange ?? '';
    const known = this.#publishers.get(key);
    if (known) return known;
    const publisher = this.#sending.connection.createPublisher({
      confirm: true,
      exchanges: exchange ? [exchange] : [],
    });
    publisher.on('basic.return', (message) => {
      const id = uniqueIdOf(message.body);
      if (id !== undefined) this.#returned.add(id);
    });
    this.#publishers.set(key, publisher);
    return publisher;
  }
}

export function closedError(deadline: Deadline): OsloError {
  return new OsloError('OSLO_CLOSED', `${deadline.what}: the message bus was closed`);
}
