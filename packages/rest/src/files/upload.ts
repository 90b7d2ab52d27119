import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import type { Connection } from '../session/connection.js';
import type { CallOptions, Deadline } from '../time/deadline.js';
import type { StreamBody } from '../transport/message.js';
import {
  contentsPath,
  createDescriptor,
  type Descriptor,
  fileMediaType,
  removeDescriptor,
} from './descriptor.js';
import type { FileTarget } from './file-target.js';

/** Bytes to upload. A function is called anew for each attempt, so its upload survives an expired session. */
export type UploadSource = AsyncIterable<Uint8Array> | (() => AsyncIterable<Uint8Array>);

/** An upload to a VIOS. */
export interface UploadOptions extends FileTarget, CallOptions {
  /** Exactly how many bytes the source has. */
  readonly size: number;
  /** Their SHA-256 in hexadecimal; checked while they pass, and by the console. */
  readonly sha256?: string | undefined;
  readonly body: UploadSource;
  /** Called with the number of bytes handed over so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/**
 * Uploads a file as fast as the console takes it. The descriptor is removed whatever happens. A source of another
 * length or checksum than announced breaks the upload off before its end, so the console does not take it for whole.
 * Without `timeoutMs` it may take as long as bytes flow.
 */
export async function upload(connection: Connection, options: UploadOptions): Promise<void> {
  const { origin } = connection;
  const { name, size } = options;
  const meter = new Meter(options);
  try {
    await connection.run(`upload ${name}`, options, 0, (deadline) =>
      uploadUnder(connection, options, meter, deadline),
    );
    publish('powervm.rest.transfer', { origin, name, step: 'done', bytes: size });
  } catch (error) {
    const { code } = PowerVMError.from(error);
    publish('powervm.rest.transfer', { origin, name, step: 'failed', bytes: meter.bytes, error: code });
    throw error;
  } finally {
    meter.release();
  }
}

async function uploadUnder(
  connection: Connection,
  options: UploadOptions,
  meter: Meter,
  deadline: Deadline,
): Promise<void> {
  const { size, sha256, name } = options;
  if (!Number.isSafeInteger(size) || size < 0)
    throw new PowerVMError('PVM_INVALID_ARGUMENT', `The size of ${name} is no number of bytes: ${size}`);
  const descriptor = await createDescriptor(connection, options, { size, sha256 }, deadline);
  try {
    await putContents(connection, descriptor, meter, deadline);
  } finally {
    await deadline.race(removeDescriptor(connection, descriptor, name)).catch(() => {});
  }
}

async function putContents(
  connection: Connection,
  descriptor: Descriptor,
  body: StreamBody,
  deadline: Deadline,
): Promise<void> {
  await connection.send({
    method: 'PUT',
    path: contentsPath(descriptor),
    headers: { Accept: 'application/vnd.ibm.powervm.web+xml', 'Content-Type': fileMediaType },
    body,
    deadline,
    timeoutMs: connection.timing.updateMs,
    lane: 'transfer',
  });
}

/** Counts and checks the bytes on their way from the source to the wire. */
class Meter implements StreamBody {
  readonly #options: UploadOptions;
  #opened = false;
  bytes = 0;

  constructor(options: UploadOptions) {
    this.#options = options;
  }

  get replayable(): boolean {
    return typeof this.#options.body === 'function';
  }

  open(): AsyncIterable<Uint8Array> {
    const { body } = this.#options;
    this.#opened = true;
    return this.#checked(typeof body === 'function' ? body() : body);
  }

  /** Lets go of a source that was never begun or that hangs, such as an image download already on its way. */
  release(): void {
    const { body } = this.#options;
    if (typeof body === 'function') return;
    if (body instanceof Readable) body.destroy();
    else if (!this.#opened)
      body[Symbol.asyncIterator]()
        .return?.()
        .catch(() => {});
  }

  async *#checked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const { size, sha256, onProgress } = this.#options;
    const hash = sha256 === undefined ? undefined : createHash('sha256');
    this.bytes = 0;
    for await (const chunk of source) {
      this.bytes += chunk.byteLength;
      if (this.bytes > size) throw this.#wrong(`has more than the announced ${size} bytes`);
      hash?.update(chunk);
      if (chunk.byteLength > 0) yield chunk;
      onProgress?.(this.bytes);
    }
    if (this.bytes < size) throw this.#wrong(`ended after ${this.bytes} of ${size} bytes`);
    const digest = hash?.digest('hex');
    if (digest !== sha256?.toLowerCase()) throw this.#wrong(`has the SHA-256 ${digest} instead of ${sha256}`);
  }

  #wrong(what: string): PowerVMError {
    return new PowerVMError('PVM_SOURCE_FAILED', `The source of ${this.#options.name} ${what}`);
  }
}
