import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Deployment } from '../deployment/deployment.js';
import { writePrivateFile } from '../deployment/files.js';
import type { Cloud } from './client.js';
import { demonstrationImage } from './image-content.js';

/** Name of the registered image. */
export const imageName = 'powervm-demo';

/** An image and the digest of its bytes. */
export interface RegisteredImage {
  readonly id: string;
  readonly sha256: string;
}

const image = z.object({ id: z.string(), status: z.string() });
const imageList = z.object({ images: z.array(image) });

async function upload(
  cloud: Cloud,
  content: Uint8Array,
  sha256: string,
  signal: AbortSignal,
): Promise<string> {
  const json = {
    name: imageName,
    disk_format: 'raw',
    container_format: 'bare',
    visibility: 'public',
    architecture: 'ppc64le',
    sha256,
  };
  const { id } = await cloud.ask('glance', '/images', image, { method: 'POST', json, signal });
  await cloud.tell('glance', `/images/${id}/file`, { method: 'PUT', bytes: content, signal });
  return id;
}

/** Registers the demonstration image, unless it is there whole; keeps the file in the state directory. */
export async function ensureImage(
  deployment: Deployment,
  cloud: Cloud,
  signal: AbortSignal,
): Promise<RegisteredImage> {
  const content = demonstrationImage();
  const sha256 = createHash('sha256').update(content).digest('hex');
  await writePrivateFile(join(deployment.paths.data, `${imageName}.raw`), content);
  const { images } = await cloud.ask('glance', `/images?name=${imageName}`, imageList, { signal });
  const whole = images.find(({ status }) => status === 'active');
  for (const { id } of images.filter((each) => each !== whole)) {
    await cloud.tell('glance', `/images/${id}`, { method: 'DELETE', signal });
  }
  return { id: whole?.id ?? (await upload(cloud, content, sha256, signal)), sha256 };
}
