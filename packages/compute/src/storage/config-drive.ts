import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { asDriverError } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import type { Attachment } from './attach.js';
import type { MediaRepository } from './media-repository.js';

/** Uploads the config drive that Nova has built, and says what to map (SPAWN-9, CD-7). */
export async function uploadConfigDrive(
  media: MediaRepository,
  name: string,
  path: string,
  call: CallOptions,
): Promise<Attachment> {
  try {
    const { size } = await stat(path);
    const { viosId } = await media.upload(name, { size, open: () => createReadStream(path) }, call);
    return { viosId, storage: { kind: 'medium', name } };
  } catch (thrown) {
    throw asDriverError(thrown, 'PVM_REST_FAILED', `The config drive ${name} could not be uploaded`);
  }
}
