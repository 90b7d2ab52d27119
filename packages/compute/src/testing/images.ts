import { createHash } from 'node:crypto';
import type { Image, ImageAccess } from '../contract/index.js';
import type { ImageStore, ImageStream } from '../storage/image-store.js';
import { exampleImage } from './nova.js';

/** An image service in memory that counts what is asked of it. */
export class MemoryImages implements ImageStore {
  readonly #content = new Map<string, Buffer>();
  /** Image ids in the order they were opened. */
  readonly opened: string[] = [];
  /** How many of the next opens break in the middle of the bytes. */
  breakNext = 0;

  /** Adds an image of recognisable bytes. */
  add(size: number, parts: Partial<Image> = {}): Image {
    const image = exampleImage({ size, ...parts });
    this.#content.set(image.id ?? '', recognisable(image.id ?? '', size));
    return image;
  }

  content(imageId: string): Buffer {
    return this.#content.get(imageId) ?? Buffer.alloc(0);
  }

  async open(_access: ImageAccess, imageId: string): Promise<ImageStream> {
    this.opened.push(imageId);
    const content = this.#content.get(imageId);
    if (!content) throw new Error(`the image service has no image ${imageId}`);
    const breaks = this.breakNext > 0;
    if (breaks) this.breakNext -= 1;
    return { size: content.length, body: pieces(content, breaks) };
  }

  async upload(_access: ImageAccess, imageId: string, { body }: ImageStream): Promise<void> {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    this.#content.set(imageId, Buffer.concat(parts));
  }
}

async function* pieces(content: Buffer, breaks: boolean): AsyncGenerator<Uint8Array> {
  const size = 64 * 1024;
  for (let at = 0; at < content.length; at += size) {
    if (breaks && at > 0) throw new Error('the image service hung up');
    yield content.subarray(at, at + size);
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
