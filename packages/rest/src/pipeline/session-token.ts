import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import type { Interceptor, RestRequest } from '../transport/message.js';

/**
 * The token of a session, shared by all its requests. When the console no longer accepts it, the first request that
 * notices logs on again and all others wait for that one logon (protocol reference 1.11).
 */
export class SessionToken {
  readonly #logon: () => Promise<string>;
  readonly #origin: string;
  #value: string;
  #renewal: Promise<void> | undefined;
  /** Set when a renewal was refused: trying again and again might lock the account. */
  #refused: PowerVMError | undefined;

  constructor(origin: string, value: string, logon: () => Promise<string>) {
    this.#origin = origin;
    this.#value = value;
    this.#logon = logon;
  }

  get value(): string {
    return this.#value;
  }

  /** Replaces the token unless somebody already replaced the one that was `stale`. */
  async renew(stale: string): Promise<void> {
    if (this.#refused) throw this.#refused;
    if (this.#value !== stale) return;
    this.#renewal ??= this.#logOnAgain().finally(() => {
      this.#renewal = undefined;
    });
    await this.#renewal;
  }

  /** Waits for a logon that is under way, whatever its outcome. */
  async settled(): Promise<void> {
    await this.#renewal?.catch(() => {});
  }

  async #logOnAgain(): Promise<void> {
    try {
      this.#value = await this.#logon();
      publish('powervm.rest.session', { origin: this.#origin, step: 'relogon' });
    } catch (error) {
      const failure = PowerVMError.from(error);
      if (failure.code === 'PVM_LOGON_REFUSED') this.#refused = failure;
      publish('powervm.rest.session', { origin: this.#origin, step: 'relogon-failed', error: failure.code });
      throw failure;
    }
  }
}

/** Adds the session's token, and sends a request that met a 401 once more with a new one. */
export function authenticate(origin: string, token: SessionToken): Interceptor {
  return (next) => async (request) => {
    if (request.outsideSession) return await next(request);
    const used = token.value;
    try {
      return await next(withToken(request, used));
    } catch (error) {
      if (!PowerVMError.is(error, 'PVM_UNAUTHORIZED')) throw error;
      if (!repeatable(request)) throw expiredDuringUpload(request, error);
      await request.deadline.race(token.renew(used));
      const { method, path } = request;
      publish('powervm.rest.retry', { origin, method, path, reason: 'new-token', repetition: 1, delayMs: 0 });
      return await next(withToken(request, token.value));
    }
  };
}

/** A source that can be read only once must never be followed by an upload of what is left of it: nothing. */
function repeatable(request: RestRequest): boolean {
  return typeof request.body !== 'object' || request.body.replayable;
}

function expiredDuringUpload({ method, path }: RestRequest, cause: PowerVMError): PowerVMError {
  const what = `The console no longer accepted the session during ${method} ${path}`;
  return new PowerVMError('PVM_SESSION_EXPIRED', what, { method, path, status: cause.status, cause });
}

function withToken(request: RestRequest, token: string): RestRequest {
  return { ...request, headers: { ...request.headers, 'X-API-Session': token } };
}
