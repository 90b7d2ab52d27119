import type { IncomingHttpHeaders } from 'node:http';
import type { Console } from '../console/console.js';
import type { ApiSession } from '../sessions/sessions.js';
import type { World } from '../world/world.js';

export const methods = ['GET', 'PUT', 'POST', 'DELETE'] as const;
export type Method = (typeof methods)[number];

/** One request on its way through the simulator. */
export interface Call {
  readonly console: Console;
  readonly world: World;
  readonly method: Method;
  /** Without query, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The route's placeholders, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly session: ApiSession | undefined;
  /** Aborts when the client goes away or the simulator closes. */
  readonly signal: AbortSignal;
  /** The body as it arrives; read it once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body as text. */
  text(): Promise<string>;
}

/** What goes back. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Called when the client has gone before the answer was written. */
  readonly undelivered?: () => void;
}

export const ATOM_TYPE = 'application/atom+xml';

export function atom(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return { status, type: ATOM_TYPE, body, headers };
}

export function json(value: unknown, status = 200): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

export const noContent: Answer = { status: 204 };
