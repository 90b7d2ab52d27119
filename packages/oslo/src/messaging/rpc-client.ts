import { OsloError } from '../errors.js';
import { type CallOptions, Deadline, type Deferred, deferred } from '../waiting.js';
import { type Broker, closedError } from './broker.js';
import { adminContext } from './context.js';
import { report } from './diagnostics.js';
import { DuplicateFilter } from './duplicates.js';
import { decodeReply, encodeRequest, type Json, type JsonObject, newId, type Reply } from './envelope.js';
import { decodeFailure, RemoteError } from './failure.js';
import type { QueueConsumer } from './queue-consumer.js';

export interface CastOptions extends CallOptions {
  /** The lowest version of the interface that has the method, e.g. `1.8`. */
  readonly version: string;
  readonly namespace?: string | undefined;
  /** Only the server on this host gets the message. */
  readonly server?: string | undefined;
  /** Security context; by default that of an agent, see `adminContext`. */
  readonly context?: JsonObject | undefined;
  /**
   * Fail at once with OSLO_RPC_NO_LISTENER when no service has ever listened on the topic, rather than wait for
   * an answer that cannot come. Stock agents leave it off.
   */
  readonly mandatory?: boolean | undefined;
}

interface PendingCall extends Deferred<Json> {
  readonly what: string;
}

/** Calls methods of OpenStack services over their message bus. */
export class RpcClient {
  readonly #broker: Broker;
  readonly #responseTimeoutMs: number;
  readonly #pending = new Map<string, PendingCall>();
  readonly #duplicates = new DuplicateFilter();
  readonly #forget: () => void;
  #replies: QueueConsumer | undefined;

  /** `responseTimeoutMs` is the limit of calls that name none: `rpc_response_timeout`. */
  constructor(broker: Broker, { responseTimeoutMs }: { responseTimeoutMs: number }) {
    this.#broker = broker;
    this.#responseTimeoutMs = responseTimeoutMs;
    this.#forget = broker.onReceivingLost((reason) => this.#interrupt(reason));
  }

  /**
   * Calls a method and waits for its result.
   *
   * @throws RemoteError when the service answers with an exception
   * @throws OsloError OSLO_RPC_TIMEOUT, OSLO_RPC_INTERRUPTED (both: it may have been executed),
   *   OSLO_RPC_UNREACHABLE, OSLO_RPC_TLS, OSLO_AUTH_REFUSED, OSLO_RPC_NO_LISTENER, OSLO_ABORTED, OSLO_CLOSED
   */
  async call(topic: string, method: string, args: JsonObject, options: CastOptions): Promise<Json> {
    const deadline = this.#deadline('call', topic, method, options);
    const replies = this.#replyConsumer(deadline);
    await deadline.race(replies.ready(), () => replies.failure(deadline.what));

    const messageId = newId();
    const pending: PendingCall = { ...deferred<Json>(), what: deadline.what };
    this.#pending.set(messageId, pending);
    const started = performance.now();
    try {
      await this.#send(topic, method, args, options, deadline, { messageId, queue: replies.queue });
      const result = await deadline.race(pending.promise, () => this.#timeout(deadline));
      report({ kind: 'answered', method, topic, milliseconds: performance.now() - started });
      return result;
    } finally {
      this.#pending.delete(messageId);
    }
  }

  /** Sends a message to one server of the topic and waits only until the broker has it. */
  async cast(topic: string, method: string, args: JsonObject, options: CastOptions): Promise<void> {
    await this.#send(topic, method, args, options, this.#deadline('cast', topic, method, options));
  }

  /** Sends a message to every server of the topic. */
  async fanout(topic: string, method: string, args: JsonObject, options: CastOptions): Promise<void> {
    const deadline = this.#deadline('fan-out', topic, method, options);
    const uniqueId = newId();
    const body = encodeRequest(request(method, args, options), uniqueId);
    const exchange = this.#broker.topology.fanoutExchange(topic);
    await this.#broker.send({ exchange, routingKey: '', body, uniqueId, mandatory: false }, deadline);
    report({ kind: 'sent', method, topic, bytes: body.length });
  }

  /** Ends every call in flight and gives the reply queue back. The broker stays open. */
  async close(): Promise<void> {
    this.#forget();
    const replies = this.#replies;
    for (const pending of this.#pending.values())
      pending.reject(new OsloError('OSLO_CLOSED', `${pending.what}: the message bus was closed`));
    if (replies === undefined) return;
    await replies.close();
    await this.#broker.deleteQueue(replies.queue);
  }

  async #send(
    topic: string,
    method: string,
    args: JsonObject,
    options: CastOptions,
    deadline: Deadline,
    reply?: { messageId: string; queue: string },
  ): Promise<void> {
    const uniqueId = newId();
    const body = encodeRequest(request(method, args, options), uniqueId, reply);
    await this.#broker.send(
      {
        exchange: this.#broker.topology.callExchange,
        routingKey: options.server === undefined ? topic : `${topic}.${options.server}`,
        body,
        uniqueId,
        expirationMs: reply && deadline.remainingMs,
        mandatory: options.mandatory ?? false,
      },
      deadline,
    );
    report({ kind: 'sent', method, topic, bytes: body.length });
  }

  #deadline(kind: string, topic: string, method: string, options: CastOptions): Deadline {
    const what = `${kind} ${method} on topic ${topic}`;
    return new Deadline(what, options.timeoutMs ?? this.#responseTimeoutMs, options.signal);
  }

  #replyConsumer(deadline: Deadline): QueueConsumer {
    if (this.#broker.closed) throw closedError(deadline);
    this.#replies ??= this.#broker.consume(this.#broker.topology.replyQueue(), (body) => this.#onReply(body));
    return this.#replies;
  }

  #onReply(body: unknown): void {
    let reply: Reply;
    try {
      reply = decodeReply(body);
    } catch (error) {
      report({ kind: 'dropped', queue: this.#replies?.queue ?? '', reason: String(error) });
      return;
    }
    if (!reply.ending || this.#duplicates.isDuplicate(reply.uniqueId)) return;
    const pending = this.#pending.get(reply.messageId);
    // No pending call: its caller gave up before the answer came.
    if (pending === undefined) return;
    if (reply.failure === null) pending.resolve(reply.result);
    else pending.reject(new RemoteError(pending.what, decodeFailure(reply.failure)));
  }

  /** Answers on their way are lost with a restarted broker; the callers decide at once whether to ask again. */
  #interrupt(reason: string): void {
    for (const pending of this.#pending.values()) {
      const text = `${pending.what}: the connection to RabbitMQ was lost while waiting for the answer: ${reason}`;
      pending.reject(new OsloError('OSLO_RPC_INTERRUPTED', text));
    }
  }

  #timeout(deadline: Deadline): OsloError {
    const text = `${deadline.what}: no answer in time; is the service that listens there running?`;
    return new OsloError('OSLO_RPC_TIMEOUT', text);
  }
}

function request(method: string, args: JsonObject, options: CastOptions) {
  const { version, namespace, context = adminContext() } = options;
  return { method, args, version, namespace, context };
}
