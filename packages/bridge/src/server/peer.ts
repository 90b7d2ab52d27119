import type { Socket } from 'node:net';
import { check } from '../contract/check.js';
import { BridgeError } from '../contract/errors.js';
import {
  HANDSHAKE,
  HandshakeParams,
  type HandshakeResult,
  isMethodName,
  type Lifecycle,
  type MethodName,
  methods,
  PROTOCOL,
} from '../contract/index.js';
import { RpcConnection } from '../rpc/connection.js';
import { failure } from './failure.js';
import type { CallContext, DriverHost, DriverMethods } from './host.js';
import { secretsIn } from './redact.js';

/** One connection of the plug-in: shakes hands, then carries its requests to the driver. */
export class Peer {
  readonly #connection: RpcConnection;
  readonly #running = new Set<Promise<unknown>>();
  #driver: DriverMethods | undefined;

  constructor(
    socket: Socket,
    private readonly host: DriverHost,
    private readonly version: string,
  ) {
    this.#connection = new RpcConnection(socket, {
      onRequest: (name, params, signal) => this.#track(this.#answer(name, params, signal)),
    });
  }

  get closed(): AbortSignal {
    return this.#connection.closed;
  }

  /** A plug-in that has not shaken hands is told nothing. */
  lifecycle(event: Lifecycle): void {
    if (this.#driver !== undefined) this.#connection.notify('lifecycle', event);
  }

  /** Waits until the running requests have been answered, or `deadline` fires, then hangs up. */
  async close(deadline: AbortSignal): Promise<void> {
    await Promise.race([Promise.allSettled(this.#running), aborted(deadline)]);
    await this.#connection.end();
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    const forget = () => this.#running.delete(work);
    work.then(forget, forget);
    return work;
  }

  async #answer(name: string, params: unknown, signal: AbortSignal): Promise<unknown> {
    if (name === HANDSHAKE) return this.#shakeHands(params);
    if (this.#driver === undefined)
      throw BridgeError.of('PVM_HANDSHAKE_REQUIRED', `"${name}" came before the handshake`);
    if (!isMethodName(name))
      throw BridgeError.of('PVM_UNKNOWN_METHOD', `this daemon does not know "${name}"`);
    try {
      return await this.#run(this.#driver, name, params, signal);
    } catch (error) {
      throw failure(error, methods[name], secretsIn(params));
    }
  }

  async #shakeHands(given: unknown): Promise<HandshakeResult> {
    const secrets = secretsIn(given);
    try {
      const params = check(HandshakeParams, given, 'PVM_PARAMS_INVALID', HANDSHAKE);
      if (params.protocol !== PROTOCOL)
        throw BridgeError.of(
          'PVM_PROTOCOL_MISMATCH',
          `the plug-in speaks protocol ${params.protocol}, this daemon ${PROTOCOL}; install the same release of both`,
        );
      this.#driver = await this.host.open(params, this.closed);
      return { protocol: PROTOCOL, daemon: { version: this.version, pid: process.pid } };
    } catch (error) {
      throw failure(error, { ...methods.initHost, novaException: 'HypervisorUnavailable' }, secrets);
    }
  }

  async #run<M extends MethodName>(
    driver: DriverMethods,
    name: M,
    params: unknown,
    signal: AbortSignal,
  ): Promise<unknown> {
    const method = methods[name];
    const checked = check(method.params, params, 'PVM_PARAMS_INVALID', name);
    const handler = driver[name] as ((params: unknown, call: CallContext) => Promise<unknown>) | undefined;
    if (handler === undefined)
      throw BridgeError.of('PVM_NOT_SUPPORTED', `this daemon does not offer "${name}"`);
    const { request, ...rest } = checked;
    const signals = method.whenCallerLeaves === 'abort' ? [signal, this.closed] : [signal];
    const answer = await handler.call(driver, rest, {
      signal: AbortSignal.any(signals),
      request,
      progress: (p) => this.#connection.notify('progress', { ...p, requestId: request.requestId }),
      taskState: (t) => this.#connection.notify('taskState', { ...t, requestId: request.requestId }),
    });
    return check(method.result, answer, 'PVM_RESULT_INVALID', `answer of ${name}`);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
