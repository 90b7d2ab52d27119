import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, request } from 'undici';
import { OsloError, reasonOf } from '../errors.js';

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
  readonly method: Dispatcher.HttpMethod;
  readonly url: string;
  readonly token?: string | undefined;
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
  readonly body?: Readable;
  readonly signal?: AbortSignal | undefined;
  /** For the answer to begin, in ms; 0 for none. */
  readonly timeoutMs: number;
}

export type HttpResponse = Dispatcher.ResponseData;

/** Error answers longer than this are not worth reading. */
const ERROR_TEXT_LIMIT = 65_536;

/** Requests to OpenStack services. Errors name method, URL and status, never a token. */
export class HttpClient {
  readonly #agent: Agent;
  readonly idleTimeoutMs: number;

  constructor({ ca, connectTimeoutMs = 10_000, idleTimeoutMs = 60_000 }: HttpOptions = {}) {
    this.idleTimeoutMs = idleTimeoutMs;
    this.#agent = new Agent({
      connect: { timeout: connectTimeoutMs, ...(ca !== undefined && { ca }) },
      bodyTimeout: idleTimeoutMs,
    });
  }

  /**
   * Sends a request; the caller reads or dumps the body of the answer.
   *
   * @throws OsloError OSLO_HTTP_UNREACHABLE, OSLO_HTTP_TIMEOUT, OSLO_ABORTED; not for error statuses
   */
  async send(what: HttpRequest): Promise<HttpResponse> {
    const { method, url, token, json, body, signal, timeoutMs } = what;
    try {
      return await request(url, {
        method,
        dispatcher: this.#agent,
        headersTimeout: timeoutMs,
        ...(signal && { signal }),
        headers: {
          accept: 'application/json',
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { 'x-auth-token': token }),
          ...what.headers,
        },
        body: json === undefined ? (body ?? null) : JSON.stringify(json),
      });
    } catch (error) {
      throw transferError(`${method} ${url}`, error, signal);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** Turns what undici throws, before or during a transfer, into our error. */
export function transferError(operation: string, error: unknown, signal?: AbortSignal): OsloError {
  if (error instanceof OsloError) return error;
  if (signal?.aborted) {
    // A deadline of ours may have fired the signal; then it says so itself.
    if (signal.reason instanceof OsloError) return signal.reason;
    return new OsloError('OSLO_ABORTED', `${operation} was abandoned by the caller`, {
      cause: signal.reason,
    });
  }
  const name = error instanceof Error && 'code' in error ? String(error.code) : '';
  const code = name.endsWith('_TIMEOUT') ? 'OSLO_HTTP_TIMEOUT' : 'OSLO_HTTP_UNREACHABLE';
  return new OsloError(code, `${operation}: ${reasonOf(error)}`);
}

/** The service's own words from an error answer. Reads the body to its end. */
export async function explanation(response: HttpResponse): Promise<string> {
  const { body, statusCode } = response;
  const length = Number(response.headers['content-length'] ?? 0);
  if (length > ERROR_TEXT_LIMIT) {
    await body.dump();
    return `status ${statusCode}`;
  }
  const text = await body.text().catch((error: unknown) => reasonOf(error));
  return `status ${statusCode}: ${messageIn(text) ?? 'no explanation'}`;
}

/** Keystone sends `{error: {message}}`, Glance `{message}` or a page of HTML. */
function messageIn(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isRecord(parsed)) return undefined;
    const holder = isRecord(parsed['error']) ? parsed['error'] : parsed;
    return typeof holder['message'] === 'string' ? clean(holder['message']) : undefined;
  } catch {
    return clean(text.replace(/<(head|title)>.*?<\/\1>/gs, ''));
  }
}

function clean(text: string): string | undefined {
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? undefined : plain.slice(0, 500);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
