import type { RequestContext } from '@openstack-powervm/compute';
import type {
  AnswerOf,
  HandshakeParams,
  Lifecycle,
  MethodName,
  ParamsOf,
  Progress,
  TaskState,
} from '../contract/index.js';

/** What a handler gets besides its parameters. */
export interface CallContext {
  /** Fires when the plug-in cancels, or leaves and the method says `abort`. */
  readonly signal: AbortSignal;
  readonly request: RequestContext;
  /** Tells the caller how far its operation has come. */
  progress(progress: Omit<Progress, 'requestId'>): void;
  /** Asks the caller to set the instance's task state. */
  taskState(change: Omit<TaskState, 'requestId'>): void;
}

/** Parameters of a method without `request`, which is in the context. */
export type HandlerParams<M extends MethodName> = Omit<ParamsOf<M>, 'request'>;

/** The methods that a driver has; what is missing is answered as not supported. */
export type DriverMethods = {
  readonly [M in MethodName]?: (params: HandlerParams<M>, call: CallContext) => Promise<AnswerOf<M>>;
};

/** What the server serves. */
export interface DriverHost {
  /**
   * Checks the options and returns the driver to use for this connection. Connections with equal options share
   * one driver. `closed` fires when the connection is gone. Throws `BridgeError` for bad options.
   */
  open(params: HandshakeParams, closed: AbortSignal): Promise<DriverMethods>;
  /** Lifecycle events of every driver; returns the unsubscribe function. */
  subscribe(listener: (event: Lifecycle) => void): () => void;
}
