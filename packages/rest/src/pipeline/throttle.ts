import { Semaphore } from '../time/semaphore.js';
import type { Interceptor, RestRequest } from '../transport/message.js';

/** Uploads at once (protocol reference 6.3). */
const maxUploads = 3;

/**
 * Bounds how many requests are on the wire at once. A streamed answer gives its place back once its first bytes are
 * there: whoever reads a stream may send further requests meanwhile, and must not wait for himself.
 */
export function throttle(maxConcurrent: number): Interceptor {
  const lanes = { ordinary: new Semaphore(maxConcurrent), transfer: new Semaphore(maxUploads) };
  const enter = async ({ lane, deadline }: RestRequest): Promise<() => void> =>
    lane === 'unbounded' ? () => {} : await lanes[lane].acquire(deadline.signal);
  return (next) => async (request) => {
    const leave = await enter(request);
    try {
      return await next(request);
    } finally {
      leave();
    }
  };
}
