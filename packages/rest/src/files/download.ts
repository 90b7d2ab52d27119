import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import type { Connection } from '../session/connection.js';
import { type CallOptions, Deadline } from '../time/deadline.js';
import {
  contentsPath,
  createDescriptor,
  type Descriptor,
  fileMediaType,
  removeDescriptor,
} from './descriptor.js';
import type { FileTarget } from './file-target.js';

/** A download from a VIOS. */
export interface DownloadOptions extends FileTarget, CallOptions {
  /** Called with the number of bytes received so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/**
 * Downloads a file as fast as it is read. The descriptor is removed when the loop ends, also when it is left early.
 * `timeoutMs` covers the whole loop.
 */
export async function* download(
  connection: Connection,
  options: DownloadOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { origin } = connection;
  const { name } = options;
  using deadline = new Deadline(`download ${name}`, options, 0, [connection.closing]);
  let bytes = 0;
  let failure: unknown = 'left early';
  const descriptor = await createDescriptor(connection, options, {}, deadline);
  const remove = removalOf(connection, descriptor, name);
  try {
    for await (const chunk of await open(connection, descriptor, deadline)) {
      bytes += chunk.byteLength;
      options.onProgress?.(bytes);
      yield chunk;
    }
    failure = undefined;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    remove();
    const error = failure === undefined ? undefined : PowerVMError.from(failure).code;
    publish('powervm.rest.transfer', { origin, name, step: error ? 'failed' : 'done', bytes, error });
  }
}

/** Removes the descriptor once, when called or when the session is closed: a reader may never come back. */
function removalOf(connection: Connection, descriptor: Descriptor, name: string): () => void {
  const { closing } = connection;
  let removed = false;
  const remove = () => {
    closing.removeEventListener('abort', remove);
    if (!removed) void removeDescriptor(connection, descriptor, name);
    removed = true;
  };
  closing.addEventListener('abort', remove);
  return remove;
}

async function open(
  connection: Connection,
  descriptor: Descriptor,
  deadline: Deadline,
): Promise<AsyncIterable<Uint8Array>> {
  const response = await connection.send({
    method: 'GET',
    path: contentsPath(descriptor),
    headers: { Accept: fileMediaType },
    deadline,
    timeoutMs: connection.timing.requestMs,
    lane: 'transfer',
    streamed: true,
  });
  return response.stream ?? (async function* () {})();
}
