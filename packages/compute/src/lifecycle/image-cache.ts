import type { WithImage } from '../contract/index.js';
import type { Operation } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { requireRawImage } from '../storage/disk-size.js';
import { imageSource } from './steps/create-disks.js';

/** Puts an image into the cache before anybody deploys it; false when it was there (IMGC-5). */
export async function cacheImage(host: Host, operation: Operation, params: WithImage): Promise<boolean> {
  requireRawImage(params.image);
  return host.disks.cacheImage(imageSource(host, params), operation);
}

/** Removes cached images that no instance on this host uses (IMGC-3). */
export async function manageImageCache(
  host: Host,
  operation: Operation,
  { usedImageIds }: { usedImageIds: readonly string[] },
): Promise<void> {
  await host.disks.cleanCache(usedImageIds, operation);
}
