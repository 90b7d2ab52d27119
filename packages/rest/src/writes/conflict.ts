import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import type { Connection } from '../session/connection.js';
import type { Deadline } from '../time/deadline.js';

/**
 * Whether a write has to be repeated on a fresh document: somebody else was faster (412), or the connection broke
 * and nobody knows whether the write was made. Repeating is safe because edits are idempotent on fresh documents.
 */
export function needsFreshRead(error: PowerVMError): boolean {
  return PowerVMError.is(error, 'PVM_ETAG_MISMATCH', 'PVM_CONNECTION_LOST');
}

/** Waits before try `next` (from 2) of a write; throws `error` when there is none left, or no time (RETRY-3). */
export async function beforeNextTry(
  connection: Connection,
  error: PowerVMError,
  next: number,
  deadline: Deadline,
): Promise<void> {
  const { conflictTries, conflictDelayMs } = connection.timing;
  const delayMs = conflictDelayMs(next);
  if (next > conflictTries || delayMs >= deadline.remainingMs()) throw error;
  publish('powervm.rest.retry', {
    origin: connection.origin,
    method: error.method ?? 'POST',
    path: error.path ?? '',
    reason: error.code === 'PVM_ETAG_MISMATCH' ? 'etag-mismatch' : 'connection-lost',
    repetition: next - 1,
    delayMs,
  });
  await deadline.sleep(delayMs);
}
