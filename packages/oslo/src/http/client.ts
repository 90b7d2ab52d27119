import { Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { OsloError, reasonOf } from '../errors.js';
import { deferred } from '../waiting.js';
import { HttpResponse } from './response.js';

/** What stays the same for every request to the services of one cloud. */
export interface HttpOptions {
  /** Authorities for TLS, PEM; the system's when left out. */
  readonly ca?: string | Buffer;
  /** How long one connection attempt may take, in ms. */
  readonly connectTimeoutMs?: number;
  /** How long a transfer may stand still, in ms. */
  readonly idleTimeoutMs?: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly token?: string | undefined;
  /** `X-Service-Token` */
  readonly serviceToken?: string | undefined;
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
  readonly body?: Readable;
  readonly signal?: AbortSignal | undefined;
  /** For the answer to begin, in ms; 0 for none. */
  readonly timeoutMs: number;
}

/** An idle connection is closed after this long, before a service is likely to close it under a new request. */
const KEEP_ALIVE_MS = 4_000;

/** Requests to OpenStack services. Errors name method, URL and status, never a token. */
export class HttpClient {
  readonly #plain: Agent;
  readonly #secure: SecureAgent;
  readonly #connectTimeoutMs: number;
  readonly idleTimeoutMs: number;

  constructor({ ca, connectTimeoutMs = 10_000, idleTimeoutMs = 60_000 }: HttpOptions = {}) {
    this.idleTimeoutMs = idleTimeoutMs;
    this.#connectTimeoutMs = connectTimeoutMs;
    const kept = { keepAlive: true, timeout: KEEP_ALIVE_MS };
    this.#plain = new Agent(kept);
    this.#secure = new SecureAgent({ ...kept, ...(ca !== undefined && { ca }) });
  }

  /**
   * Sends a request; the caller reads or discards the body of the answer.
   *
   * @throws OsloError OSLO_HTTP_UNREACHABLE, OSLO_HTTP_TIMEOUT, OSLO_ABORTED; not for error statuses
   */
  async send(what: HttpRequest): Promise<HttpResponse> {
    const { method, url, signal, timeoutMs } = what;
    const operation = `${method} ${url}`;
    let sent: ClientRequest | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      sent = this.#start(what);
      limitConnecting(sent, operation, this.#connectTimeoutMs);
      if (timeoutMs > 0) timer = setTimeout(() => sent?.destroy(lateError(operation, timeoutMs)), timeoutMs);
      const message = await answerOf(sent, what);
      return new HttpResponse(message, this.idleTimeoutMs);
    } catch (error) {
      throw transferError(operation, error, signal);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #start({ method, url, token, serviceToken, json, headers, signal }: HttpRequest): ClientRequest {
    const secure = url.startsWith('https:');
    return (secure ? secureRequest : plainRequest)(url, {
      method,
      agent: secure ? this.#secure : this.#plain,
      ...(signal && { signal }),
      headers: {
        accept: 'application/json',
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { 'x-auth-token': token }),
        ...(serviceToken !== undefined && { 'x-service-token': serviceToken }),
        ...headers,
      },
    });
  }
}

/** Sends the body and waits for the head of the answer, which may come before the body is out. */
async function answerOf(sent: ClientRequest, { json, body }: HttpRequest): Promise<IncomingMessage> {
  const { promise: answer, resolve, reject } = deferred<IncomingMessage>();
  sent.once('response', resolve);
  sent.on('error', body ? () => {} : reject); // stays: an error may come when nothing waits any more
  // What the source failed with comes before what that did to the connection.
  if (body) pipeline(body, sent, (error) => error && reject(error));
  else sent.end(json === undefined ? undefined : JSON.stringify(json));
  const message = await answer;
  // Half a body is on the connection: it ends with the answer, and so does whoever fills the body.
  if (body) message.once('close', () => body.destroy());
  return message;
}

function limitConnecting(sent: ClientRequest, operation: string, ms: number): void {
  sent.once('socket', (socket: Socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => sent.destroy(lateError(`${operation}: connecting`, ms)), ms);
    for (const end of ['connect', 'close']) socket.once(end, () => clearTimeout(timer));
  });
}

function lateError(operation: string, ms: number): OsloError {
  return new OsloError('OSLO_HTTP_TIMEOUT', `${operation}: no answer within ${ms / 1000} s`);
}

/** Turns what was thrown before or during a transfer into our error. */
export function transferError(operation: string, error: unknown, signal?: AbortSignal): OsloError {
  if (error instanceof OsloError) return error;
  if (signal?.aborted) {
    // A deadline of ours may have fired the signal; then it says so itself.
    if (signal.reason instanceof OsloError) return signal.reason;
    return new OsloError('OSLO_ABORTED', `${operation} was abandoned by the caller`, {
      cause: signal.reason,
    });
  }
  const late = error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT';
  return new OsloError(
    late ? 'OSLO_HTTP_TIMEOUT' : 'OSLO_HTTP_UNREACHABLE',
    `${operation}: ${reasonOf(error)}`,
  );
}
