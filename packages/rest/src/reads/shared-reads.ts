import { PowerVMError } from '../errors/error.js';
import { Deadline } from '../time/deadline.js';
import type { RestResponse, Send } from '../transport/message.js';
import { acceptAtom } from '../wire/media-types.js';

/** A read of one path. */
export interface ReadRequest {
  readonly path: string;
  readonly accept?: string | undefined;
  /** The ETag of the copy the caller has; the answer may then be 304. */
  readonly ifNoneMatch?: string | undefined;
  /** Never join a read that is under way: its answer may be older than what the caller knows. */
  readonly fresh?: boolean | undefined;
}

/** A read on the wire and how many callers wait for it. */
interface Flight {
  readonly answer: Promise<RestResponse>;
  readonly deadline: Deadline;
  readers: number;
}

/**
 * Identical reads that are under way at the same time are one request (design 3.4). What is shared is the answer's
 * bytes; each caller makes its own document from them, so nobody sees another's edits. A caller that gives up does
 * not end the request while others wait for it.
 */
export class SharedReads {
  readonly #send: Send;
  readonly #timeoutMs: number;
  readonly #closing: AbortSignal;
  readonly #flights = new Map<string, Flight>();

  constructor(send: Send, timeoutMs: number, closing: AbortSignal) {
    this.#send = send;
    this.#timeoutMs = timeoutMs;
    this.#closing = closing;
  }

  /** Reads, or joins the same read under way. */
  async read(request: ReadRequest, deadline: Deadline): Promise<RestResponse> {
    if (request.fresh) return await this.#fetch(request, deadline);
    const key = JSON.stringify([request.path, request.accept, request.ifNoneMatch]);
    const flight = this.#flights.get(key) ?? this.#start(key, request, deadline.remainingMs());
    flight.deadline.extend(deadline.remainingMs());
    flight.readers += 1;
    try {
      return await deadline.race(flight.answer);
    } finally {
      flight.readers -= 1;
      if (flight.readers === 0) this.#land(key, flight);
    }
  }

  /** Something may have changed: reads that begin from now on do not join those that began before. */
  forget(): void {
    this.#flights.clear();
  }

  #start(key: string, request: ReadRequest, limitMs: number): Flight {
    const deadline = new Deadline(`read ${request.path}`, {}, limitMs, [this.#closing]);
    const flight = { answer: this.#fetch(request, deadline), deadline, readers: 0 };
    this.#flights.set(key, flight);
    return flight;
  }

  #land(key: string, flight: Flight): void {
    flight.deadline.end(new PowerVMError('PVM_ABORTED', 'Nobody waits for this read any more'));
    flight.deadline[Symbol.dispose]();
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }

  async #fetch({ path, accept, ifNoneMatch }: ReadRequest, deadline: Deadline): Promise<RestResponse> {
    return await this.#send({
      method: 'GET',
      path,
      headers: {
        Accept: accept ?? acceptAtom,
        ...(ifNoneMatch === undefined ? {} : { 'If-None-Match': ifNoneMatch }),
      },
      deadline,
      timeoutMs: this.#timeoutMs,
      lane: 'ordinary',
    });
  }
}
