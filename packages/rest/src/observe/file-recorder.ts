import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { RecordedExchange } from './recorder.js';

/** A recording in a file: one exchange per line, as JSON. */
export interface FileRecorder extends AsyncDisposable {
  /** Give this to the session as its option `record`. */
  readonly record: (exchange: RecordedExchange) => void;
  /** Writes what is left and closes the file; rejects when the recording could not be written. */
  close(): Promise<void>;
}

/** Appends a session's traffic, secrets removed, to a file that only its owner may read. */
export function recordToFile(path: string): FileRecorder {
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 });
  const written = finished(file);
  written.catch(() => {}); // reported by `close`
  const close = async () => {
    file.end();
    await written;
  };
  return {
    record: (exchange) => {
      if (file.writable) file.write(`${JSON.stringify(exchange)}\n`);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
