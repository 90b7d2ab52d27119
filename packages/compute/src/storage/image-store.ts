import type { ImageAccess } from '../contract/index.js';
import type { CallOptions } from '../flow/index.js';

/** Bytes of an image on their way. */
export interface ImageStream {
  /** bytes */
  readonly size: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Where images come from and go to; the daemon injects a Glance client. */
export interface ImageStore {
  open(access: ImageAccess, imageId: string, call: CallOptions): Promise<ImageStream>;
  /** Stores the bytes of an image that exists already and waits for them. */
  upload(access: ImageAccess, imageId: string, stream: ImageStream, call: CallOptions): Promise<void>;
}
