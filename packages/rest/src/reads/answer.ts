import { type AtomEntry, readFeed } from '@openstack-powervm/atom';
import { describeUnknown } from '../errors/classify.js';
import { PowerVMError } from '../errors/error.js';

/** The entries of an Atom answer, feed or single entry. A body that is neither is an error (protocol reference 1.12). */
export function readAnswer(path: string, body: Uint8Array): readonly AtomEntry[] {
  if (body.byteLength === 0)
    throw new PowerVMError('PVM_BAD_RESPONSE', `The answer to ${path} is empty`, { path });
  try {
    // Bytes, not text: consoles name no charset, and their documents are UTF-8 (protocol reference 1.7).
    return readFeed(body).entries;
  } catch (error) {
    throw unreadable(path, error);
  }
}

export function unreadable(path: string, cause: unknown): PowerVMError {
  if (cause instanceof PowerVMError) return cause;
  const what = `The answer to ${path} cannot be read: ${describeUnknown(cause)}`;
  return new PowerVMError('PVM_BAD_RESPONSE', what, { path, cause });
}
