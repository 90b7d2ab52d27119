import { RequestContext } from '@openstack-powervm/compute';
import { z } from 'zod';

/**
 * What happens to a running request when the connection it came over is lost (nova-compute stopped or was killed):
 * `abort` gives up and undoes, because nobody will ask for the result; `finish` runs to its end, because stopping
 * half way leaves more for the operator to repair than ending does.
 */
export type WhenCallerLeaves = 'abort' | 'finish';

export interface MethodOptions {
  /** One line for the generated description. */
  readonly summary: string;
  /**
   * The Nova exception a failure becomes when the error itself names none (requirements 22.1). A method that
   * declares `InstanceFaultRollback` wraps every failure in it (MIG-7, FIN-6).
   */
  readonly novaException?: string;
  readonly whenCallerLeaves?: WhenCallerLeaves;
}

/** One request of the contract: its name on the wire, and the shape of what goes in and comes out. */
export interface Method<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly params: P;
  readonly result: R;
  readonly summary: string;
  readonly novaException: string;
  readonly whenCallerLeaves: WhenCallerLeaves;
}

/** What every request carries besides its own parameters: who asked (FLOW-7). */
export const Requested = z.object({ request: RequestContext });

/** Declares a request. `params` is the shape of its own parameters; `request` is added to every one. */
export function method<S extends z.ZodRawShape, R extends z.ZodType>(
  name: string,
  params: S,
  result: R,
  options: MethodOptions,
) {
  return {
    name,
    params: z.object({ ...Requested.shape, ...params }),
    result,
    summary: options.summary,
    novaException: options.novaException ?? 'NovaException',
    whenCallerLeaves: options.whenCallerLeaves ?? 'finish',
  } as const;
}

/** One notification from the daemon to the plug-in. */
export interface Notification<P extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly params: P;
  readonly summary: string;
}

export function notification<P extends z.ZodType>(name: string, params: P, summary: string): Notification<P> {
  return { name, params, summary };
}

/** Result of a method that has nothing to tell. */
export const Nothing = z.object({});
