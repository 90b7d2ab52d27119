import { createHash, getHashes } from 'node:crypto';
import { OsloError } from '../errors.js';
import { transferError } from '../http/client.js';

/** A checksum in hexadecimal. */
export interface Digest {
  /** `sha512`, `md5` … */
  readonly algorithm: string;
  readonly value: string;
}

export interface Expected {
  /** bytes */
  readonly size: number;
  /** Not compared when the algorithm is unknown here. */
  readonly digest: Digest | undefined;
}

/**
 * Passes a download through and compares it with what was promised; the difference is known, and thrown, only
 * after the last byte. Leaving the iteration early ends the download.
 */
export async function* verified(
  source: AsyncIterable<Uint8Array>,
  { size, digest }: Expected,
  what: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const hash = digest && getHashes().includes(digest.algorithm) ? createHash(digest.algorithm) : undefined;
  let received = 0;
  try {
    for await (const chunk of source) {
      received += chunk.length;
      hash?.update(chunk);
      yield chunk;
    }
  } catch (error) {
    throw transferError(`${what}: the download broke off after ${received} of ${size} bytes`, error, signal);
  }
  if (received !== size)
    throw new OsloError(
      'OSLO_IMAGE_CORRUPT',
      `${what}: ${received} bytes arrived, but Glance promised ${size}`,
    );
  const found = hash?.digest('hex');
  if (found !== undefined && found !== digest?.value)
    throw new OsloError(
      'OSLO_IMAGE_CORRUPT',
      `${what}: the ${digest?.algorithm} checksum is ${found}, but Glance promised ${digest?.value}`,
    );
}
