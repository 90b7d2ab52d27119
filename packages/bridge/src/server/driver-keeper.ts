import { isDeepStrictEqual } from 'node:util';
import { NovaOptions, PowerVMOptions } from '@openstack-powervm/compute';
import type { z } from 'zod';
import { BridgeError } from '../contract/errors.js';
import type { AnswerOf, HandshakeParams, Lifecycle } from '../contract/index.js';
import type { CallContext, DriverHost, DriverMethods, HandlerParams } from './host.js';

/** A driver as the daemon makes it from the options of one nova-compute. */
export interface KeptDriver extends DriverMethods {
  /** Lifecycle events; returns the unsubscribe function. */
  subscribe(listener: (event: Lifecycle) => void): () => void;
}

/** Makes a driver; must not touch the platform, which is `initHost`'s part. */
export type MakeDriver = (options: PowerVMOptions, nova: NovaOptions) => KeptDriver;

interface Settings {
  readonly options: PowerVMOptions;
  readonly nova: NovaOptions;
}

interface Kept {
  readonly settings: Settings;
  readonly driver: KeptDriver;
  readonly unsubscribe: () => void;
  readonly users: Set<AbortSignal>;
  /** Set while `initHost` runs and after it has succeeded. */
  ready: Promise<AnswerOf<'initHost'>> | undefined;
}

/**
 * Keeps the one driver of a daemon. It is made from the options of the first handshake and outlives connections, so
 * a plug-in that reconnects finds the host ready. A nova-compute that comes back with other options gets a new one.
 */
export class DriverKeeper implements DriverHost {
  readonly #listeners = new Set<(event: Lifecycle) => void>();
  #kept: Kept | undefined;
  /** Handshakes are settled one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly make: MakeDriver) {}

  /** Errors: `PVM_OPTIONS_INVALID` with every bad option, `PVM_OPTIONS_DIFFER`. */
  open(params: HandshakeParams, closed: AbortSignal): Promise<DriverMethods> {
    const settings: Settings = {
      options: checkGroup(PowerVMOptions, params.options, '[powervm]'),
      nova: checkGroup(NovaOptions, params.nova, '[DEFAULT]'),
    };
    const opened = this.#turn.then(() => this.#open(settings, closed));
    this.#turn = opened.catch(() => undefined);
    return opened;
  }

  subscribe(listener: (event: Lifecycle) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Lets go of the driver: what it holds of the platform is released. */
  async close(call: CallContext = ownCall()): Promise<void> {
    const kept = this.#kept;
    if (kept === undefined) return;
    this.#kept = undefined;
    kept.unsubscribe();
    if (kept.ready !== undefined) await kept.driver.cleanupHost?.({}, call);
  }

  async #open(settings: Settings, closed: AbortSignal): Promise<DriverMethods> {
    if (this.#kept !== undefined && !isDeepStrictEqual(this.#kept.settings, settings)) {
      if (this.#kept.users.size > 0)
        throw BridgeError.of(
          'PVM_OPTIONS_DIFFER',
          'another nova-compute is connected to this daemon with other options; give each its own daemon_socket',
        );
      await this.close();
    }
    this.#kept ??= this.#keep(settings);
    const { users } = this.#kept;
    users.add(closed);
    closed.addEventListener('abort', () => users.delete(closed), { once: true });
    if (closed.aborted) users.delete(closed);
    return this.#facade(this.#kept);
  }

  #keep(settings: Settings): Kept {
    const driver = this.make(settings.options, settings.nova);
    const unsubscribe = driver.subscribe((event) => {
      for (const listener of this.#listeners) listener(event);
    });
    return { settings, driver, unsubscribe, users: new Set(), ready: undefined };
  }

  /** The driver with a start that may be asked for again, and a stop that makes room for a new one. */
  #facade(kept: Kept): DriverMethods {
    const own: Pick<DriverMethods, 'initHost' | 'cleanupHost'> = {
      initHost: (params, call) => initOnce(kept, params, call),
      cleanupHost: async (_params, call) => {
        if (this.#kept === kept) await this.close(call);
        return {};
      },
    };
    return new Proxy(kept.driver, {
      get: (driver, name) => {
        if (name === 'initHost' || name === 'cleanupHost') return own[name];
        const member: unknown = Reflect.get(driver, name);
        return typeof member === 'function' ? member.bind(driver) : member;
      },
    });
  }
}

async function initOnce(
  kept: Kept,
  params: HandlerParams<'initHost'>,
  call: CallContext,
): Promise<AnswerOf<'initHost'>> {
  kept.ready ??= kept.driver.initHost?.(params, call) ?? Promise.resolve({});
  try {
    return await kept.ready;
  } catch (error) {
    kept.ready = undefined;
    throw error;
  }
}

function checkGroup<S extends z.ZodType>(schema: S, given: unknown, group: string): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${group} ${issue.path.join('.')}: ${issue.message}`);
  throw BridgeError.of('PVM_OPTIONS_INVALID', problems.join('; '));
}

/** For work that no caller asked for. */
function ownCall(): CallContext {
  return {
    signal: AbortSignal.timeout(60_000),
    request: { requestId: 'req-daemon', userId: null, projectId: null },
    progress: () => {},
    taskState: () => {},
  };
}
