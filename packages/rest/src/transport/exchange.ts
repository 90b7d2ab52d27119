import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { PowerVMError } from '../errors/error.js';
import { type GuardedSource, guardedSource } from './guarded-source.js';
import type { RestRequest, RestResponse } from './message.js';
import { TimeLimit } from './time-limit.js';

/**
 * One request and its answer. An answer that is read as a whole has the request's `timeoutMs` in all; what flows,
 * either way, may take as long as it flows.
 */
export class Exchange {
  readonly #request: RestRequest;
  readonly #sent: ClientRequest;
  readonly #limit: TimeLimit;
  readonly #source: GuardedSource | undefined;
  /** Why it was broken off: Node reports only that the connection went away. */
  #reason: PowerVMError | undefined;

  constructor(request: RestRequest, sent: ClientRequest) {
    const { body, deadline, timeoutMs } = request;
    const flows = request.streamed === true || typeof body === 'object';
    this.#request = request;
    this.#sent = sent;
    sent.on('error', () => {}); // reported by what waits for it; it may come when nothing waits any more
    sent.once('close', () => this.#end()); // a reader that stopped reading does not
    this.#limit = new TimeLimit(timeoutMs, flows, () => this.breakOff(this.#timeoutError()));
    deadline.signal.addEventListener('abort', this.#onOver, { once: true });
    if (typeof body === 'object')
      this.#source = guardedSource(body, deadline.signal, () => this.#limit.moved());
  }

  /** Sends and reads; rejects with a PowerVMError. */
  async run(): Promise<RestResponse> {
    let streaming = false;
    try {
      const response = await this.#answer();
      this.#limit.moved();
      const head = { status: response.statusCode ?? 0, headers: headersOf(response) };
      streaming = this.#request.streamed === true && hasBody(head.status);
      if (streaming) return { ...head, body: new Uint8Array(), stream: this.#stream(response) };
      return { ...head, body: await wholeBody(response) };
    } catch (error) {
      throw this.#source?.failure() ?? this.#errorFor(error);
    } finally {
      if (!streaming) this.#end();
    }
  }

  /** Breaks the connection; `run`, or the reader of the stream, fails with this error. */
  breakOff(error: PowerVMError): void {
    this.#reason ??= error;
    this.#sent.destroy(error);
  }

  readonly #onOver = (): void => this.breakOff(PowerVMError.from(this.#request.deadline.signal.reason));

  /** Sends the body and waits for the head of the answer, which may come before the body is out. */
  async #answer(): Promise<IncomingMessage> {
    return await new Promise<IncomingMessage>((resolve, reject) => {
      this.#sent.once('response', resolve);
      this.#sent.once('error', reject);
      const { body } = this.#request;
      // A source that is closed before its end takes the connection with it: half a body is on it.
      if (this.#source) pipeline(this.#source.body, this.#sent, () => {});
      else this.#sent.end(typeof body === 'string' ? body : undefined);
    });
  }

  async *#stream(response: IncomingMessage): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of bytesOf(response)) {
        this.#limit.hold();
        yield piece;
        this.#limit.moved();
      }
    } catch (error) {
      throw this.#errorFor(error);
    } finally {
      this.#end();
    }
  }

  /** Lets go of timers, of the call's signal and of the source of the body. */
  #end(): void {
    this.#request.deadline.signal.removeEventListener('abort', this.#onOver);
    this.#limit[Symbol.dispose]();
    this.#source?.close();
  }

  #errorFor(error: unknown): PowerVMError {
    const { method, path } = this.#request;
    return this.#reason ?? PowerVMError.from(error, { method, path });
  }

  #timeoutError(): PowerVMError {
    const { method, path, timeoutMs } = this.#request;
    const what = `${method} ${path} was not answered within ${timeoutMs} ms`;
    return new PowerVMError('PVM_TIMEOUT', what, { method, path });
  }
}

/** Whether there is something to stream; an error answer is read as a whole. */
function hasBody(status: number): boolean {
  return status >= 200 && status < 300 && status !== 204;
}

async function wholeBody(response: IncomingMessage): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of bytesOf(response)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** An IncomingMessage that was given no encoding hands out bytes only. */
function bytesOf(response: IncomingMessage): AsyncIterable<Buffer> {
  return response;
}

function headersOf(response: IncomingMessage): Record<string, string> {
  const all = Object.entries(response.headers);
  return Object.fromEntries(
    all.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
