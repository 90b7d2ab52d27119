import { PowerVMError } from '@openstack-powervm/rest';
import { pause } from '../waiting.js';

/** SEAA-10. */
const TRIES = 200;
const RETRY_MS = 5000;

/**
 * Lists what one partition has. A partition that is deleted while the others are listed has nothing; other errors
 * pass, usually (SEAA-10).
 */
export async function listPatiently<T>(read: () => Promise<T[]>, signal: AbortSignal): Promise<T[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      if (PowerVMError.is(error, 'PVM_NOT_FOUND')) return [];
      if (signal.aborted || attempt >= TRIES) throw error;
      await pause(RETRY_MS, signal);
    }
  }
}
