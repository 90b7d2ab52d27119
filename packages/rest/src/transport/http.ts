import { type Dispatcher, Pool } from 'undici';
import { PowerVMError } from '../errors/error.js';
import { Deadline } from '../time/deadline.js';
import { guardedSource } from './guarded-source.js';
import type { RestRequest, RestResponse, Send } from './message.js';
import { type Trust, trustedConnector } from './tls.js';

/** The innermost layer: keep-alive connections to one console. */
export interface HttpTransport {
  readonly origin: string;
  readonly send: Send;
  /** Breaks every connection; requests still under way are rejected. */
  destroy(): Promise<void>;
}

/** An idle connection is closed after this long, before a console is likely to close it under a new request. */
const keepAliveMs = 4_000;

export function httpTransport(origin: string, trust: Trust, connectMs: number): HttpTransport {
  const pool = new Pool(origin, {
    connect: trustedConnector(trust, connectMs),
    connections: null, // the pipeline's throttle bounds concurrency; a second bound here could deadlock
    pipelining: 1,
    keepAliveTimeout: keepAliveMs,
  });
  return {
    origin,
    send: (request) => sendOver(pool, request),
    destroy: () =>
      pool.destroy(new PowerVMError('PVM_SESSION_CLOSED', `The session on ${origin} was closed`)),
  };
}

async function sendOver(pool: Pool, request: RestRequest): Promise<RestResponse> {
  const { body, deadline, method, path, timeoutMs } = request;
  deadline.throwIfOver();
  const source = typeof body === 'object' ? guardedSource(body, deadline.signal) : undefined;
  const flows = request.streamed || source !== undefined;
  using attempt = new Deadline(`answer ${method} ${path}`, { timeoutMs }, 0, [deadline.signal]);
  try {
    const response = await pool.request({
      method,
      path,
      headers: request.headers,
      body: source ? source.body : typeof body === 'string' ? body : null,
      // What flows may take as long as it flows; undici notices when it stops.
      signal: flows ? deadline.signal : attempt.signal,
      headersTimeout: flows ? timeoutMs : 0,
      bodyTimeout: flows ? timeoutMs : 0,
    });
    return await readResponse(response, request);
  } catch (error) {
    throw source?.failure() ?? attemptError(error, request);
  } finally {
    source?.close();
  }
}

async function readResponse(response: Dispatcher.ResponseData, request: RestRequest): Promise<RestResponse> {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const head = { status: response.statusCode, headers };
  if (request.streamed && response.statusCode >= 200 && response.statusCode < 300)
    return { ...head, body: new Uint8Array(), stream: streamOf(response.body, request) };
  return { ...head, body: await response.body.bytes() };
}

async function* streamOf(body: AsyncIterable<Uint8Array>, request: RestRequest): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw attemptError(error, request);
  }
}

/** A call that is over fails with its own reason, not with what that did to the socket. */
function attemptError(error: unknown, { deadline, method, path, timeoutMs }: RestRequest): PowerVMError {
  if (deadline.signal.aborted) return PowerVMError.from(deadline.signal.reason);
  const converted = PowerVMError.from(error, { method, path });
  return converted.code === 'PVM_TIMEOUT'
    ? new PowerVMError('PVM_TIMEOUT', `${method} ${path} was not answered within ${timeoutMs} ms`, {
        method,
        path,
        cause: error,
      })
    : converted;
}
