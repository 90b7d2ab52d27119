import type { CallOptions } from '../waiting.js';

/** Where a service answers, and with whose rights it is asked. */
export interface ServiceAccess {
  /** Base URL, e.g. `http://127.0.0.1:9292`. */
  readonly endpoint: string;
  /** Secret. */
  readonly token: string;
  /** Of the service that asks for a user: with it an expired token of the user is good enough. Secret. */
  readonly serviceToken?: string | undefined;
}

/** Access that renews itself, such as that of a service account. */
export interface AccessSource {
  current(call?: CallOptions): Promise<ServiceAccess>;
  /** Called when the service refused this token, so that the next `current` brings another one. */
  discard(refused: ServiceAccess): void;
}

/** A fixed access, as Nova hands over its user's token, or one that renews itself. */
export type Access = ServiceAccess | AccessSource;

/**
 * Runs a request with access; when the service answers 401 and the access can renew itself, once more.
 * `isRefused` tells whether the answer was a 401 and releases it.
 */
export async function withAccess<T>(
  access: Access,
  call: CallOptions,
  send: (access: ServiceAccess) => Promise<T>,
  isRefused: (answer: T) => Promise<boolean>,
): Promise<T> {
  if (!('current' in access)) return await send(access);
  const first = await access.current(call);
  const answer = await send(first);
  if (!(await isRefused(answer))) return answer;
  access.discard(first);
  return await send(await access.current(call));
}
