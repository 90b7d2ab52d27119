import type { Interceptor } from '../transport/message.js';

/** After every request that may have changed something, later reads must not join reads that began before it. */
export function forgetReads(forget: () => void): Interceptor {
  return (next) => async (request) => {
    if (request.method === 'GET') return await next(request);
    try {
      return await next(request);
    } finally {
      forget();
    }
  };
}
