/**
 * What a caller should do about an error:
 * `retry` the same request later, correct the `configuration`, or give up on this `object`.
 */
export type OsloErrorGrade = 'retry' | 'configuration' | 'object';

/** Every code that this package throws, with its grade. Codes are stable; texts are not. */
export const OSLO_ERRORS = {
  /** A configuration file that cannot be read or parsed. */
  OSLO_CONFIG_FILE: 'configuration',
  /** An option whose value has the wrong type or lies out of range. */
  OSLO_CONFIG_VALUE: 'configuration',
  /** A `transport_url` that names no usable broker. */
  OSLO_TRANSPORT_URL: 'configuration',
  /** No broker could be reached before the deadline. */
  OSLO_RPC_UNREACHABLE: 'retry',
  /** A broker's certificate cannot be believed, or broker and client do not agree on TLS. */
  OSLO_RPC_TLS: 'configuration',
  /** Nobody answered in time; the request may have been executed. */
  OSLO_RPC_TIMEOUT: 'retry',
  /** The connection broke while an answer was awaited; the request may have been executed. */
  OSLO_RPC_INTERRUPTED: 'retry',
  /** The broker knows no queue for the topic: the service is not running, or not yet. */
  OSLO_RPC_NO_LISTENER: 'retry',
  /** The other side answered with a failure; see `RemoteError`. */
  OSLO_RPC_REMOTE: 'object',
  /** A message that is not an oslo.messaging envelope of version 2. */
  OSLO_RPC_MESSAGE: 'object',
  /** The client or server was closed. */
  OSLO_CLOSED: 'object',
  /** The caller's AbortSignal fired. */
  OSLO_ABORTED: 'object',
  /** A service could not be reached over HTTP. */
  OSLO_HTTP_UNREACHABLE: 'retry',
  /** A service did not answer in time, or a transfer stood still. */
  OSLO_HTTP_TIMEOUT: 'retry',
  /** A service answered with an error status that has no code of its own. */
  OSLO_HTTP_STATUS: 'object',
  /** The token or the password was refused; at a broker, the account or the virtual host. */
  OSLO_AUTH_REFUSED: 'configuration',
  /** The catalogue has no endpoint for a service. */
  OSLO_NO_ENDPOINT: 'configuration',
  OSLO_IMAGE_NOT_FOUND: 'object',
  /** The image exists but has no data that can be read (queued, saving, deactivated …). */
  OSLO_IMAGE_NOT_READY: 'object',
  /** Size or checksum of the bytes read differ from what the image service promised. */
  OSLO_IMAGE_CORRUPT: 'object',
} as const satisfies Record<string, OsloErrorGrade>;

export type OsloErrorCode = keyof typeof OSLO_ERRORS;

export interface OsloErrorDetails {
  /** What the other side said, word for word. */
  readonly cause?: unknown;
  /** HTTP status. */
  readonly status?: number;
}

/**
 * The only error class of this package. The message starts with the code, because logs often show only the
 * message. Neither message nor details ever hold a password or a token.
 */
export class OsloError extends Error {
  override readonly name: string = 'OsloError';
  readonly code: OsloErrorCode;
  readonly status: number | undefined;

  constructor(code: OsloErrorCode, message: string, details: OsloErrorDetails = {}) {
    super(`[${code}] ${message}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status;
  }

  get grade(): OsloErrorGrade {
    return OSLO_ERRORS[this.code];
  }
}

/** The text of anything caught, for use inside another error's message. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map((each) => reasonOf(each)).join('; ');
  return error instanceof Error ? error.message : String(error);
}
