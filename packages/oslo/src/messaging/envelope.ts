import { randomUUID } from 'node:crypto';
import { OsloError, reasonOf } from '../errors.js';

/**
 * Messages of oslo.messaging, envelope version 2.0, as a stock Neutron agent and neutron-server exchange them
 * (captures: oslo-messaging/README.md).
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** What a call, cast or fan-out asks for. */
export interface Request {
  readonly method: string;
  readonly args: JsonObject;
  /** The lowest version of the interface that has the method. */
  readonly version: string;
  /** Left out of the message when undefined. */
  readonly namespace?: string | undefined;
  /** One key per field of the security context, without the `_context_` prefix. */
  readonly context: JsonObject;
}

/** Where the answer to a call goes. Casts have none. */
export interface ReplyAddress {
  readonly messageId: string;
  readonly queue: string;
  /** Seconds between the signs of life that the caller wants (`call_monitor_timeout`); absent when it wants none. */
  readonly monitorTimeout?: number | undefined;
}

export interface ReceivedRequest extends Request {
  readonly uniqueId: string | undefined;
  readonly reply: ReplyAddress | undefined;
}

export interface Reply {
  readonly messageId: string;
  readonly uniqueId: string | undefined;
  readonly result: Json;
  /** JSON text that describes an exception, or null. */
  readonly failure: string | null;
  /** False only for keep-alive messages of a long call. */
  readonly ending: boolean;
}

const ENVELOPE_VERSION = '2.0';
const CONTEXT_PREFIX = '_context_';

/** 32 hex digits, the form of every id in these messages. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

export function encodeRequest(request: Request, uniqueId: string, reply?: ReplyAddress): Buffer {
  const context = Object.entries(request.context).map(([key, value]) => [CONTEXT_PREFIX + key, value]);
  return encodeEnvelope({
    method: request.method,
    args: request.args,
    version: request.version,
    ...(request.namespace !== undefined && { namespace: request.namespace }),
    ...(reply && { _msg_id: reply.messageId, _reply_q: reply.queue, _timeout: reply.monitorTimeout ?? null }),
    _unique_id: uniqueId,
    ...Object.fromEntries(context),
  });
}

export function encodeReply(reply: Omit<Reply, 'uniqueId'>, uniqueId: string): Buffer {
  return encodeEnvelope({
    result: reply.result,
    failure: reply.failure,
    ending: reply.ending,
    _msg_id: reply.messageId,
    _unique_id: uniqueId,
  });
}

/** @throws OsloError OSLO_RPC_MESSAGE */
export function decodeRequest(body: unknown): ReceivedRequest {
  const message = decodeEnvelope(body);
  const { method, args, version, namespace, _msg_id, _reply_q, _timeout, _unique_id } = message;
  if (typeof method !== 'string') throw unreadable('it has no method');
  const context = Object.entries(message)
    .filter(([key]) => key.startsWith(CONTEXT_PREFIX))
    .map(([key, value]) => [key.slice(CONTEXT_PREFIX.length), value]);
  return {
    method,
    args: isJsonObject(args) ? args : {},
    // oslo.messaging's own default for messages without a version.
    version: typeof version === 'string' ? version : '1.0',
    namespace: typeof namespace === 'string' ? namespace : undefined,
    context: Object.fromEntries(context),
    uniqueId: typeof _unique_id === 'string' ? _unique_id : undefined,
    reply:
      typeof _msg_id === 'string' && typeof _reply_q === 'string'
        ? {
            messageId: _msg_id,
            queue: _reply_q,
            ...(typeof _timeout === 'number' && { monitorTimeout: _timeout }),
          }
        : undefined,
  };
}

/** @throws OsloError OSLO_RPC_MESSAGE */
export function decodeReply(body: unknown): Reply {
  const { _msg_id, _unique_id, result, failure, ending } = decodeEnvelope(body);
  if (typeof _msg_id !== 'string') throw unreadable('it answers no call');
  return {
    messageId: _msg_id,
    uniqueId: typeof _unique_id === 'string' ? _unique_id : undefined,
    result: result ?? null,
    failure: typeof failure === 'string' ? failure : null,
    ending: ending !== false,
  };
}

/** The `_unique_id` of a message that the broker returned as undeliverable; undefined if it is not one of ours. */
export function uniqueIdOf(body: unknown): string | undefined {
  try {
    const id = decodeEnvelope(body)['_unique_id'];
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

function encodeEnvelope(message: JsonObject): Buffer {
  const envelope = { 'oslo.version': ENVELOPE_VERSION, 'oslo.message': JSON.stringify(message) };
  return Buffer.from(JSON.stringify(envelope), 'utf8');
}

function decodeEnvelope(body: unknown): JsonObject {
  const envelope = Buffer.isBuffer(body) || typeof body === 'string' ? parse(body.toString()) : body;
  if (!isJsonObject(envelope)) throw unreadable('it is not a JSON object');
  const version = envelope['oslo.version'];
  // Same major version, as oslo.messaging demands.
  if (typeof version !== 'string' || !version.startsWith('2.'))
    throw unreadable(`its envelope version is ${JSON.stringify(version) ?? 'missing'}, not 2.0`);
  const text = envelope['oslo.message'];
  const message = typeof text === 'string' ? parse(text) : undefined;
  if (!isJsonObject(message)) throw unreadable('its content is not a JSON object');
  return message;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(`it is not JSON (${reasonOf(error)})`);
  }
}

/** Whether a value from a message is an object, neither null nor a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(problem: string): OsloError {
  return new OsloError('OSLO_RPC_MESSAGE', `a message from the broker cannot be read: ${problem}`);
}
