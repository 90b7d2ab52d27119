import { PowerVMError } from '../errors/error.js';
import type { Interceptor, RestRequest, RestResponse } from '../transport/message.js';
import { scrubBody, scrubHeaders } from './scrub.js';

/** One request and what came back, without secrets; plain data, fit for a line of JSON. */
export interface RecordedExchange {
  /** When the request was sent, ISO 8601. */
  readonly at: string;
  readonly durationMs: number;
  readonly method: string;
  readonly path: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Absent when there was none or when it was a file's content. */
  readonly requestBody?: string | undefined;
  readonly status?: number | undefined;
  readonly responseHeaders?: Readonly<Record<string, string>> | undefined;
  /** Absent when it was a file's content, and for streamed feeds that were not read to their end. */
  readonly responseBody?: string | undefined;
  /** The code of the error, when no answer came. */
  readonly error?: string | undefined;
}

/** Hands every exchange to `sink`, after the answer has been read. A sink that throws does not disturb the session. */
export function record(sink: (exchange: RecordedExchange) => void): Interceptor {
  return (next) => async (request) => {
    const recording = new Recording(request, sink);
    try {
      const response = await next(request);
      return recording.answered(response);
    } catch (error) {
      recording.failed(error);
      throw error;
    }
  };
}

class Recording {
  readonly #request: RestRequest;
  readonly #sink: (exchange: RecordedExchange) => void;
  readonly #at = new Date();
  readonly #started = performance.now();

  constructor(request: RestRequest, sink: (exchange: RecordedExchange) => void) {
    this.#request = request;
    this.#sink = sink;
  }

  /** Passes the answer on; a streamed one is recorded when its reader has come to the end of it. */
  answered(response: RestResponse): RestResponse {
    if (!response.stream) {
      this.#emit(response, scrubBody(Buffer.from(response.body).toString('utf8')));
      return response;
    }
    const isFile = this.#request.lane === 'transfer';
    return { ...response, stream: isFile ? this.#countOnly(response) : this.#copy(response) };
  }

  failed(error: unknown): void {
    this.#deliver({ ...this.#sent(), error: PowerVMError.from(error).code });
  }

  async *#copy(response: RestResponse): AsyncGenerator<Uint8Array> {
    const copy: Uint8Array[] = [];
    let complete = false;
    try {
      for await (const chunk of response.stream ?? []) {
        copy.push(chunk);
        yield chunk;
      }
      complete = true;
    } finally {
      this.#emit(response, complete ? scrubBody(Buffer.concat(copy).toString('utf8')) : undefined);
    }
  }

  async *#countOnly(response: RestResponse): AsyncGenerator<Uint8Array> {
    try {
      yield* response.stream ?? [];
    } finally {
      this.#emit(response, undefined);
    }
  }

  #emit({ status, headers }: RestResponse, responseBody: string | undefined): void {
    this.#deliver({ ...this.#sent(), status, responseHeaders: scrubHeaders(headers), responseBody });
  }

  #sent() {
    const { method, path, headers, body } = this.#request;
    return {
      at: this.#at.toISOString(),
      durationMs: performance.now() - this.#started,
      method,
      path,
      requestHeaders: scrubHeaders(headers),
      requestBody: typeof body === 'string' ? scrubBody(body) : undefined,
    };
  }

  #deliver(exchange: RecordedExchange): void {
    try {
      this.#sink(exchange);
    } catch {
      // a full disk under a recording must not fail the session's own work
    }
  }
}
