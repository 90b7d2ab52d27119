import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import type { Interceptor } from '../transport/message.js';

/**
 * RETRY-1: a request that met a busy VIOS or a 503 is sent again after each of these waits. It is not started again
 * when the deadline would pass during the wait: the caller then learns now that the console is busy, rather than
 * later that time is up. Bodies that cannot be produced twice are not repeated.
 */
export function busyRetry(origin: string, delaysMs: readonly number[]): Interceptor {
  return (next) => async (request) => {
    for (let repetition = 1; ; repetition += 1) {
      try {
        return await next(request);
      } catch (error) {
        const delayMs = delaysMs[repetition - 1];
        const { method, path, deadline } = request;
        if (!PowerVMError.is(error, 'PVM_VIOS_BUSY', 'PVM_UNAVAILABLE') || delayMs === undefined) throw error;
        if (request.once || delayMs >= deadline.remainingMs()) throw error;
        if (typeof request.body === 'object' && !request.body.replayable) throw error;
        publish('powervm.rest.retry', { origin, method, path, reason: 'busy', repetition, delayMs });
        await deadline.sleep(delayMs);
      }
    }
  };
}
