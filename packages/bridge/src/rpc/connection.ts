import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CancellationToken,
  CancellationTokenSource,
  createMessageConnection,
  ErrorCodes,
  type Message,
  type MessageConnection,
  NullLogger,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { APPLICATION_ERROR, BridgeError, ErrorData } from '../contract/errors.js';

/** Turns of the event loop (some milliseconds in all) for answers that arrived just before the peer hung up. */
const LAST_TURNS = 500;

/** Answers a request. A thrown `BridgeError` reaches the peer with its code; `signal` fires when the peer cancels. */
export type RequestHandler = (name: string, params: unknown, signal: AbortSignal) => Promise<unknown>;
export type NotificationHandler = (name: string, params: unknown) => void;

/**
 * One JSON-RPC 2.0 connection over a stream socket, with `Content-Length` framing. The only place that knows the
 * library: it turns its cancellation tokens into abort signals and its errors into `BridgeError`, and makes
 * a lost connection fail every pending call at once; the library alone would leave them waiting for ever.
 */
export class RpcConnection {
  readonly #connection: MessageConnection;
  readonly #socket: Socket;
  readonly #writer: FlushableWriter;
  readonly #closed = new AbortController();

  constructor(
    socket: Socket,
    handlers: { readonly onRequest?: RequestHandler; readonly onNotification?: NotificationHandler } = {},
  ) {
    this.#socket = socket;
    this.#writer = new FlushableWriter(socket);
    this.#connection = createMessageConnection(new StreamMessageReader(socket), this.#writer, NullLogger);
    this.#connection.onClose(() => void this.#drain());
    // A message that cannot be parsed, or a reset: the stream is of no more use.
    this.#connection.onError(() => this.close());
    socket.on('error', () => this.close());
    if (handlers.onRequest !== undefined) this.#serve(handlers.onRequest);
    if (handlers.onNotification !== undefined) {
      const notify = handlers.onNotification;
      this.#connection.onNotification((name, params) => notify(name, params));
    }
    this.#connection.listen();
  }

  /** Fires when the connection is gone, whoever closed it. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Rejects with the peer's `BridgeError`, `PVM_DISCONNECTED` when the connection is lost, `PVM_ABORTED` on abort. */
  async call(name: string, params: unknown, signal?: AbortSignal): Promise<unknown> {
    if (this.#closed.signal.aborted) throw disconnected(name);
    const cancellation = new CancellationTokenSource();
    const cancel = () => cancellation.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    try {
      return await this.#connection.sendRequest(name, params, cancellation.token);
    } catch (error) {
      throw received(name, error);
    } finally {
      signal?.removeEventListener('abort', cancel);
      cancellation.dispose();
    }
  }

  /** Best effort: a peer that is gone misses it. */
  notify(name: string, params: unknown): void {
    if (this.#closed.signal.aborted) return;
    this.#connection.sendNotification(name, params).catch(() => this.close());
  }

  close(): void {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.#connection.dispose();
    this.#socket.destroy();
  }

  /** Closes after every answer given so far has been handed to the system. */
  async end(): Promise<void> {
    // The library writes the answer of a handler that has just returned some microtasks later.
    await nextTurn();
    await this.#writer.flush();
    if (!this.#socket.destroyed) await new Promise<void>((done) => this.#socket.end(done));
    this.close();
  }

  /**
   * The peer has hung up. Answers that arrived just before are still on their way through the library, a few turns of
   * the event loop for each; they are delivered before what is left is failed.
   */
  async #drain(): Promise<void> {
    for (let turn = 0; turn < LAST_TURNS && this.#connection.hasPendingResponse(); turn++) await nextTurn();
    this.close();
  }

  #serve(handler: RequestHandler): void {
    this.#connection.onRequest(async (name: string, params: object | unknown[] | undefined, token) => {
      const abort = new AbortController();
      const listening = onCancel(token, () => abort.abort());
      try {
        return await handler(name, params, abort.signal);
      } catch (error) {
        return toResponseError(error);
      } finally {
        listening.dispose();
      }
    });
  }
}

/** Knows which messages are still on their way out. */
class FlushableWriter extends StreamMessageWriter {
  readonly #writing = new Set<Promise<void>>();

  override write(message: Message): Promise<void> {
    const written = super.write(message);
    this.#writing.add(written);
    const forget = () => this.#writing.delete(written);
    written.then(forget, forget);
    return written;
  }

  async flush(): Promise<void> {
    await Promise.allSettled(this.#writing);
  }
}

function onCancel(token: CancellationToken, cancelled: () => void): { dispose(): void } {
  if (token.isCancellationRequested) cancelled();
  return token.onCancellationRequested(cancelled);
}

function toResponseError(error: unknown): ResponseError<ErrorData> {
  const bridge =
    error instanceof BridgeError ? error : BridgeError.of('PVM_INTERNAL', 'unexpected failure in the daemon');
  return new ResponseError(APPLICATION_ERROR, bridge.message, {
    code: bridge.code,
    novaException: bridge.novaException ?? 'NovaException',
    message: bridge.message,
    details: { ...bridge.details },
  });
}

function received(name: string, error: unknown): BridgeError {
  if (!(error instanceof ResponseError))
    return error instanceof BridgeError ? error : disconnected(name, error);
  const data = ErrorData.safeParse(error.data);
  if (data.success)
    return new BridgeError(data.data.code, data.data.message, data.data.novaException, data.data.details);
  if (error.code === ErrorCodes.MethodNotFound)
    return BridgeError.of('PVM_UNKNOWN_METHOD', `the peer does not know "${name}"`);
  if (error.code === ErrorCodes.PendingResponseRejected || error.code === ErrorCodes.MessageWriteError)
    return disconnected(name, error);
  return BridgeError.of('PVM_INTERNAL', error.message);
}

function disconnected(name: string, cause?: unknown): BridgeError {
  return BridgeError.of('PVM_DISCONNECTED', `connection lost while "${name}" was waiting for its answer`, {
    cause,
  });
}
