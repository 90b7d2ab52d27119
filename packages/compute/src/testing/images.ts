import { createHash } from 'node:crypto';
import type { Image, ImageAccess } from '../contract/index.js';
import type { CallOptions } from '../flow/index.js';
import type { ImageStore, ImageStream } from '../storage/image-store.js';
import { exampleImage } from './nova.js';

const MB = 1024 * 1024;

/** An image service in memory that counts what is asked of it. */
export class MemoryImages implements ImageStore {
  readonly #content = new Map<string, Content>();
  /** SHA-256 of images that were uploaded. */
  readonly digests = new Map<string, string>();
  /** Image ids in the order they were opened. */
  readonly opened: string[] = [];
  /** How many of the next opens break in the middle of the bytes. */
  breakNext = 0;

  /** Adds an image of recognisable bytes. */
  add(size: number, parts: Partial<Image> = {}): Image {
    const image = exampleImage({ size, ...parts });
    this.#content.set(image.id ?? '', { start: recognisable(image.id ?? '', size), size });
    return image;
  }

  /** The bytes of an image that was added. */
  content(imageId: string): Buffer {
    return this.#content.get(imageId)?.start ?? Buffer.alloc(0);
  }

  async open(_access: ImageAccess, imageId: string): Promise<ImageStream> {
    this.opened.push(imageId);
    const content = this.#content.get(imageId);
    if (!content) throw new Error(`the image service has no image ${imageId}`);
    const breaks = this.breakNext > 0;
    if (breaks) this.breakNext -= 1;
    return { size: content.size, body: pieces(content, breaks) };
  }

  async upload(
    _access: ImageAccess,
    imageId: string,
    { body }: ImageStream,
    _call: CallOptions = {},
  ): Promise<void> {
    const hash = createHash('sha256');
    const parts: Uint8Array[] = [];
    let size = 0;
    let held = 0;
    const zeros = Buffer.alloc(MB);
    for await (const part of body) {
      hash.update(part);
      size += part.length;
      if (zeros.subarray(0, part.length).equals(part)) continue;
      parts.push(Buffer.alloc(size - part.length - held), part);
      held = size;
    }
    this.digests.set(imageId, hash.digest('hex'));
    this.#content.set(imageId, { start: Buffer.concat(parts), size });
  }
}

/** Bytes of an image; behind its start there are only zeros, which take no memory. */
interface Content {
  readonly start: Buffer;
  readonly size: number;
}

async function* pieces({ start, size }: Content, breaks: boolean): AsyncGenerator<Uint8Array> {
  const length = 64 * 1024;
  const zeros = Buffer.alloc(length);
  for (let at = 0; at < size; at += length) {
    if (breaks && at > 0) throw new Error('the image service hung up');
    const end = Math.min(at + length, size);
    if (at >= start.length) yield zeros.subarray(0, end - at);
    else if (end <= start.length) yield start.subarray(at, end);
    else yield Buffer.concat([start.subarray(at), zeros.subarray(0, end - start.length)]);
  }
}

/** Bytes that differ from image to image and from block to block. */
function recognisable(seed: string, size: number): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at < size; at += 32)
    blocks.push(
      createHash('sha256')
        .update(`${seed} ${at >> 12}`)
        .digest(),
    );
  return Buffer.concat(blocks).subarray(0, size);
}
