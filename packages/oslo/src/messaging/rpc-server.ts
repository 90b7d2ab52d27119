import { setTimeout as sleep } from 'node:timers/promises';
import { OsloError, reasonOf } from '../errors.js';
import { type CallOptions, Deadline, settledWithin } from '../waiting.js';
import type { Broker } from './broker.js';
import { report } from './diagnostics.js';
import { DuplicateFilter } from './duplicates.js';
import {
  decodeRequest,
  encodeReply,
  type Json,
  type JsonObject,
  newId,
  type ReceivedRequest,
  type ReplyAddress,
} from './envelope.js';
import { encodeFailure, RpcFailure } from './failure.js';
import { CLOSE_LIMIT_MS } from './link.js';
import type { QueueConsumer } from './queue-consumer.js';

/** What a handler may know about a request beside its arguments. */
export interface RequestInfo {
  readonly method: string;
  /** The caller's security context. */
  readonly context: JsonObject;
  /** Fires when the server is closed. */
  readonly signal: AbortSignal;
}

export type Handler = (
  args: JsonObject,
  request: RequestInfo,
) => Promise<Json | undefined> | Json | undefined;

/** Methods of one version of one interface. */
export interface Endpoint {
  /** The highest minor version that is understood; every lower one of the same major version is as well. */
  readonly version: string;
  readonly namespace?: string;
  readonly methods: Readonly<Record<string, Handler>>;
}

export interface RpcServerOptions {
  readonly topic: string;
  readonly host: string;
  readonly endpoints: readonly Endpoint[];
  /** Runs when a queue is consumed again after it was not for a while: messages may be missing. */
  readonly onGap?: (() => void) | undefined;
}

/** How long an answer is tried while the caller's reply queue does not exist, as oslo.messaging does, in ms. */
const REPLY_LIMIT_MS = 60_000;
const REPLY_RETRY_MS = 250;
const START_LIMIT_MS = 60_000;

/**
 * Serves a topic: requests to any server of it, to this host, and to all servers at once. Requests run
 * concurrently; each is acknowledged when it is taken in hand, so a crash loses it rather than repeats it.
 */
export class RpcServer {
  readonly #broker: Broker;
  readonly #options: RpcServerOptions;
  readonly #duplicates = new DuplicateFilter();
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #consumers: readonly QueueConsumer[] = [];

  constructor(broker: Broker, options: RpcServerOptions) {
    this.#broker = broker;
    this.#options = options;
  }

  /**
   * Resolves when all three queues are consumed.
   *
   * @throws OsloError OSLO_RPC_UNREACHABLE, OSLO_RPC_TLS, OSLO_AUTH_REFUSED, OSLO_ABORTED
   */
  async start(call: CallOptions = {}): Promise<void> {
    const { topic, host } = this.#options;
    const deadline = new Deadline(`listen on topic ${topic}`, call.timeoutMs ?? START_LIMIT_MS, call.signal);
    const { topology } = this.#broker;
    const queues = [
      topology.topicQueue(topic),
      topology.topicQueue(`${topic}.${host}`),
      topology.fanoutQueue(topic),
    ];
    this.#consumers = queues.map((queue) =>
      this.#broker.consume(queue, (body) => this.#onMessage(body, queue.queue), this.#options.onGap),
    );
    for (const consumer of this.#consumers)
      await deadline.race(consumer.ready(), () => consumer.failure(deadline.what));
  }

  /** Takes no more requests, waits a few seconds for those in hand and removes the queue that is ours alone. */
  async close(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.close()));
    this.#stopping.abort();
    await settledWithin(CLOSE_LIMIT_MS, Promise.all(this.#running));
    const own = this.#consumers.at(-1);
    this.#consumers = [];
    if (own) await this.#broker.deleteQueue(own.queue);
  }

  #onMessage(body: unknown, queue: string): void {
    let request: ReceivedRequest;
    try {
      request = decodeRequest(body);
    } catch (error) {
      report({ kind: 'dropped', queue, reason: reasonOf(error) });
      return;
    }
    if (this.#duplicates.isDuplicate(request.uniqueId)) return;
    const work = this.#serve(request, queue).finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  async #serve(request: ReceivedRequest, queue: string): Promise<void> {
    let result: Json = null;
    let failure: string | null = null;
    try {
      const handler = this.#handler(request);
      const { method, context } = request;
      result = (await handler(request.args, { method, context, signal: this.#stopping.signal })) ?? null;
    } catch (error) {
      failure = encodeFailure(error);
      if (!request.reply) report({ kind: 'dropped', queue, reason: `${request.method}: ${reasonOf(error)}` });
    }
    if (!request.reply) return;
    try {
      await this.#answer(request, request.reply, result, failure);
    } catch (error) {
      report({ kind: 'dropped', queue, reason: `answer to ${request.method}: ${reasonOf(error)}` });
    }
  }

  /** @throws RpcFailure UnsupportedVersion when no endpoint fits, NoSuchMethod when none that fits has the method */
  #handler({ method, version, namespace }: ReceivedRequest): Handler {
    const fitting = this.#options.endpoints.filter(
      (endpoint) => endpoint.namespace === namespace && isCompatible(endpoint.version, version),
    );
    if (fitting.length === 0) throw RpcFailure.unsupportedVersion(version, method);
    for (const { methods } of fitting) {
      const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (handler) return handler;
    }
    throw RpcFailure.noSuchMethod(method);
  }

  async #answer(
    request: ReceivedRequest,
    { messageId, queue }: ReplyAddress,
    result: Json,
    failure: string | null,
  ): Promise<void> {
    const deadline = new Deadline(`answer to ${request.method}`, REPLY_LIMIT_MS);
    const uniqueId = newId();
    const body = encodeReply({ messageId, result, failure, ending: true }, uniqueId);
    const message = { exchange: undefined, routingKey: queue, body, uniqueId, mandatory: true };
    for (;;) {
      try {
        return await this.#broker.send(message, deadline);
      } catch (error) {
        const missing = error instanceof OsloError && error.code === 'OSLO_RPC_NO_LISTENER';
        if (!missing || deadline.remainingMs === 0 || this.#stopping.signal.aborted) throw error;
        // The caller may be reconnecting and about to declare its queue again.
        await sleep(REPLY_RETRY_MS);
      }
    }
  }
}

/** Same major version, and a minor version that the endpoint has reached. */
function isCompatible(offered: string, wanted: string): boolean {
  const [offeredMajor, offeredMinor = 0] = offered.split('.').map(Number);
  const [wantedMajor, wantedMinor = 0] = wanted.split('.').map(Number);
  return offeredMajor === wantedMajor && wantedMinor <= offeredMinor;
}
