import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import type { Interceptor } from '../transport/message.js';

/**
 * A read whose connection broke is sent once more, at once: mostly the console closed an idle connection at the
 * moment it was used. Writes are left to their callers, who know how to find out whether the write was made.
 */
export function reconnect(origin: string): Interceptor {
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      const { method, path } = request;
      if (method !== 'GET' || request.once || !PowerVMError.is(error, 'PVM_CONNECTION_LOST')) throw error;
      publish('powervm.rest.retry', {
        origin,
        method,
        path,
        reason: 'connection-lost',
        repetition: 1,
        delayMs: 0,
      });
      return await next(request);
    }
  };
}
