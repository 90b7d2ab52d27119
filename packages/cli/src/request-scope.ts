import { AsyncLocalStorage } from 'node:async_hooks';
import type { LogFields } from './log.js';

interface Served {
  readonly fields: LogFields;
  over: boolean;
}

/**
 * Knows, however deep in asynchronous calls, which of Nova's requests is being served, so that lines about REST
 * requests carry its id too (FLOW-7). What goes on after the answer, such as the poll for events, belongs to none.
 */
export class RequestScope {
  readonly #served = new AsyncLocalStorage<Served>();

  /** Request id and instance of what is being served here; empty when nothing is. */
  get fields(): LogFields {
    const served = this.#served.getStore();
    return served === undefined || served.over ? {} : served.fields;
  }

  /** The same driver, with every call remembered while it runs. */
  around<D extends object>(driver: D): D {
    return new Proxy(driver, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...parameters: unknown[]) =>
          this.#run(fieldsOf(parameters), () => Reflect.apply(member, target, parameters));
      },
    });
  }

  #run<R>(fields: LogFields, work: () => R): R {
    const served: Served = { fields, over: false };
    const end = () => {
      served.over = true;
    };
    return this.#served.run(served, () => {
      const result = work();
      if (result instanceof Promise) result.then(end, end);
      else end();
      return result;
    });
  }
}

/** Driver methods take `(params, call)`; others, such as `subscribe`, serve no request. */
function fieldsOf([params, call]: readonly unknown[]): LogFields {
  const requestId = textAt(call, 'request', 'requestId');
  const instance = textAt(params, 'instance', 'uuid');
  return {
    ...(requestId === undefined ? {} : { requestId }),
    ...(instance === undefined ? {} : { instance }),
  };
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, name);
  }
  return typeof found === 'string' ? found : undefined;
}
