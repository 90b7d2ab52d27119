import { Readable } from 'node:stream';
import { describeUnknown } from '../errors/classify.js';
import { PowerVMError } from '../errors/error.js';
import { race } from '../time/deadline.js';
import type { StreamBody } from './message.js';

/** A request body whose source cannot hang the request or hide its own failure behind a socket error. */
export interface GuardedSource {
  readonly body: Readable;
  /** What the source itself failed with, if it did. */
  failure(): PowerVMError | undefined;
  /** Lets go of the source, also while it is waiting for its next bytes. */
  close(): void;
}

/** @param onMove is told of every piece that is taken from the source. */
export function guardedSource(stream: StreamBody, signal: AbortSignal, onMove: () => void): GuardedSource {
  const closing = new AbortController();
  const given = AbortSignal.any([signal, closing.signal]);
  let failure: PowerVMError | undefined;

  async function* pump(): AsyncGenerator<Uint8Array> {
    let iterator: AsyncIterator<Uint8Array> | undefined;
    try {
      iterator = stream.open()[Symbol.asyncIterator]();
      for (;;) {
        const step = await race(iterator.next(), given);
        if (step.done) return;
        onMove();
        yield step.value;
      }
    } catch (error) {
      if (!given.aborted) failure = sourceError(error);
      throw error;
    } finally {
      // Not awaited: a source that hangs in next() would hang in return() as well.
      iterator?.return?.()?.catch(() => {});
    }
  }

  const body = Readable.from(pump(), { objectMode: false });
  body.on('error', () => {}); // reported by the request, or by `failure`
  return {
    body,
    failure: () => failure,
    close() {
      closing.abort();
      body.destroy();
    },
  };
}

function sourceError(error: unknown): PowerVMError {
  if (error instanceof PowerVMError) return error;
  const what = `The source of the upload failed: ${describeUnknown(error)}`;
  return new PowerVMError('PVM_SOURCE_FAILED', what, { cause: error });
}
