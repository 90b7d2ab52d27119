import type { Deadline } from '../time/deadline.js';

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** A body that is sent as it is produced. */
export interface StreamBody {
  /** Starts the source; called once per attempt. */
  open(): AsyncIterable<Uint8Array>;
  /** Whether `open` may be called again for another attempt. */
  readonly replayable: boolean;
}

/** One request as the pipeline sees it; interceptors pass on changed copies. */
export interface RestRequest {
  readonly method: Method;
  /** Path and query, as they go on the wire. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | StreamBody | undefined;
  /** Ends the request when the caller's call ends. */
  readonly deadline: Deadline;
  /** What one attempt may take, to the end of the answer or, for a streamed one, between two pieces of it. */
  readonly timeoutMs: number;
  /** Which bound on concurrency it counts against: uploads have their own; logon, logoff and event poll have none. */
  readonly lane: 'ordinary' | 'transfer' | 'unbounded';
  /** Hand out the answer's body as it arrives instead of collecting it. */
  readonly streamed?: boolean | undefined;
  /** Logon and logoff: no token is added by the pipeline and a 401 is final (protocol reference 1.11). */
  readonly outsideSession?: boolean | undefined;
  /** Never sent again by the pipeline, whatever happened: the caller decides. */
  readonly once?: boolean | undefined;
}

export interface RestResponse {
  readonly status: number;
  /** Names in lower case; repeated headers are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body; empty when the request asked for a streamed one. */
  readonly body: Uint8Array;
  /** The body as it arrives, only for a 2xx answer to a streamed request. Leaving the loop early closes it. */
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
}

/** Sends a request; rejects with a PowerVMError. */
export type Send = (request: RestRequest) => Promise<RestResponse>;

/** Wraps a send with one concern. */
export type Interceptor = (next: Send) => Send;

/** Composes interceptors around a send; the first is the outermost. */
export function compose(send: Send, interceptors: readonly Interceptor[]): Send {
  return interceptors.reduceRight((next, interceptor) => interceptor(next), send);
}
