import { connect, type Socket } from 'node:net';
import { check } from '../contract/check.js';
import { BridgeError } from '../contract/errors.js';
import {
  HANDSHAKE,
  type HandshakeParams,
  HandshakeResult,
  Lifecycle,
  type MethodName,
  methods,
  type NotificationParams,
  Progress,
  type ResultOf,
  type SendOf,
  TaskState,
} from '../contract/index.js';
import { RpcConnection } from '../rpc/connection.js';

export interface BridgeClientOptions {
  readonly path: string;
  readonly handshake: HandshakeParams;
  readonly onLifecycle?: (event: Lifecycle) => void;
  readonly onProgress?: (progress: NotificationParams<'progress'>) => void;
  readonly onTaskState?: (change: NotificationParams<'taskState'>) => void;
}

/** The plug-in's side of the bridge in TypeScript, for programs that use the daemon without Nova and for tests. */
export class BridgeClient {
  private constructor(
    private readonly connection: RpcConnection,
    /** What the daemon said of itself. */
    readonly daemon: HandshakeResult['daemon'],
  ) {}

  /** Connects and shakes hands. */
  static async connect(options: BridgeClientOptions, signal?: AbortSignal): Promise<BridgeClient> {
    const connection = new RpcConnection(await open(options.path), {
      onNotification: (name, params) => dispatch(options, name, params),
    });
    try {
      const answer = await connection.call(HANDSHAKE, options.handshake, signal);
      const { daemon } = check(HandshakeResult, answer, 'PVM_RESULT_INVALID', HANDSHAKE);
      return new BridgeClient(connection, daemon);
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Fires when the connection is gone. */
  get closed(): AbortSignal {
    return this.connection.closed;
  }

  /** Rejects with `BridgeError`. */
  async call<M extends MethodName>(name: M, params: SendOf<M>, signal?: AbortSignal): Promise<ResultOf<M>> {
    const answer = await this.connection.call(name, params, signal);
    // The schema of the name has just been applied; the compiler does not follow the name that far.
    return check(methods[name].result, answer, 'PVM_RESULT_INVALID', `answer of ${name}`) as ResultOf<M>;
  }

  close(): Promise<void> {
    return this.connection.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function open(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const failed = (cause: Error) =>
      reject(BridgeError.of('PVM_DISCONNECTED', `no compute daemon answers on ${path}`, { cause }));
    socket.once('error', failed);
    socket.once('connect', () => {
      socket.off('error', failed);
      resolve(socket);
    });
  });
}

function dispatch(options: BridgeClientOptions, name: string, params: unknown): void {
  const what = `notification ${name}`;
  if (name === 'lifecycle') options.onLifecycle?.(check(Lifecycle, params, 'PVM_PARAMS_INVALID', what));
  if (name === 'progress') options.onProgress?.(check(Progress, params, 'PVM_PARAMS_INVALID', what));
  if (name === 'taskState') options.onTaskState?.(check(TaskState, params, 'PVM_PARAMS_INVALID', what));
}
