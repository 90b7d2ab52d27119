import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import type { Interceptor } from '../transport/message.js';

/** Publishes every attempt on the wire, whatever its outcome. */
export function watch(origin: string): Interceptor {
  return (next) => async (request) => {
    const { method, path } = request;
    const started = performance.now();
    const common = () => ({ origin, method, path, durationMs: performance.now() - started });
    try {
      const response = await next(request);
      const bytes = response.stream ? undefined : response.body.byteLength;
      publish('powervm.rest.request', { ...common(), status: response.status, bytes });
      return response;
    } catch (error) {
      publish('powervm.rest.request', { ...common(), error: PowerVMError.from(error).code });
      throw error;
    }
  };
}
