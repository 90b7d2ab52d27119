import { z } from 'zod';

/** What an error carries in the `data` member of a JSON-RPC error. */
export const ErrorData = z.object({
  /** Stable, starts with `PVM_`. */
  code: z.string(),
  /** The Nova exception the plug-in raises. */
  novaException: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).default({}),
});
export type ErrorData = z.infer<typeof ErrorData>;

/** The only application code on the wire; -32099 … -32000 belong to the protocol. What happened is in `data.code`. */
export const APPLICATION_ERROR = 1;

/** Codes that the bridge itself gives, with the Nova exception of each. `null`: the method's own (MethodOptions). */
export const BRIDGE_ERRORS = {
  PVM_PROTOCOL_MISMATCH: 'HypervisorUnavailable',
  PVM_HANDSHAKE_REQUIRED: 'HypervisorUnavailable',
  PVM_OPTIONS_INVALID: 'InvalidConfiguration',
  PVM_OPTIONS_DIFFER: 'InvalidConfiguration',
  PVM_UNKNOWN_METHOD: 'NotImplementedError',
  PVM_NOT_SUPPORTED: 'NotImplementedError',
  PVM_PARAMS_INVALID: null,
  PVM_RESULT_INVALID: null,
  PVM_DISCONNECTED: 'HypervisorUnavailable',
  PVM_ABORTED: null,
  PVM_INTERNAL: null,
} as const satisfies Record<`PVM_${string}`, string | null>;
export type BridgeErrorCode = keyof typeof BRIDGE_ERRORS;

/** An error of the bridge, or one that came over it. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError';

  constructor(
    readonly code: string,
    message: string,
    readonly novaException: string | null = null,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static of(code: BridgeErrorCode, message: string, options?: ErrorOptions): BridgeError {
    return new BridgeError(code, message, BRIDGE_ERRORS[code], {}, options);
  }
}
