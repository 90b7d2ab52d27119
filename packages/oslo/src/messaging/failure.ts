import { OsloError, reasonOf } from '../errors.js';

/** An exception of a Python service as it crosses the wire. */
export interface RemoteFailure {
  /** Class name without module, `NetworkNotFound`. */
  readonly className: string;
  /** `neutron_lib.exceptions` */
  readonly module: string;
  readonly message: string;
  /** Lines of the Python traceback; for debug logs. */
  readonly traceback: readonly string[];
}

/** The service executed the call and answered with an exception. */
export class RemoteError extends OsloError {
  readonly failure: RemoteFailure;

  constructor(operation: string, failure: RemoteFailure) {
    super('OSLO_RPC_REMOTE', `${operation} was refused: ${failure.className}: ${failure.message}`);
    this.failure = failure;
  }
}

/** Reads the `failure` text of a reply. Whatever does not look like a failure becomes its message. */
export function decodeFailure(text: string): RemoteFailure {
  let fields: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) fields = { ...parsed };
  } catch {
    // Not JSON: some other implementation; its text is still the best explanation there is.
    return { className: 'Unknown', module: '', message: text, traceback: [] };
  }
  const field = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const traceback = Array.isArray(fields['tb']) ? fields['tb'].map(String) : [];
  return { className: field('class'), module: field('module'), message: field('message'), traceback };
}

/** A failure that stock services recognise by class and module; others see a RemoteError with the message. */
export class RpcFailure extends Error {
  override readonly name = 'RpcFailure';
  constructor(
    readonly className: string,
    readonly module: string,
    message: string,
  ) {
    super(message);
  }

  static noSuchMethod(method: string): RpcFailure {
    return new RpcFailure('NoSuchMethod', DISPATCHER, `Endpoint does not support RPC method ${method}`);
  }

  static unsupportedVersion(version: string, method: string): RpcFailure {
    const text = `Endpoint does not support RPC version ${version}. Attempted method: ${method}`;
    return new RpcFailure('UnsupportedVersion', DISPATCHER, text);
  }
}

const DISPATCHER = 'oslo_messaging.rpc.dispatcher';

/** Writes the `failure` text of a reply. Our own errors have no Python class, so they travel as RuntimeError. */
export function encodeFailure(error: unknown): string {
  const known =
    error instanceof RpcFailure ? error : new RpcFailure('RuntimeError', 'builtins', reasonOf(error));
  return JSON.stringify({
    class: known.className,
    module: known.module,
    message: known.message,
    tb: [],
    args: [known.message],
    kwargs: {},
  });
}
