import type { Flavor, Image } from '../contract/index.js';
import { DriverError } from '../errors/index.js';

const gib = 1024 ** 3;

/** Whole GB that hold so many bytes (IMGC-2). */
export function wholeGb(bytes: number): number {
  return Math.ceil(bytes / gib);
}

/**
 * Size of the root disk in whole GB. A flavor with root disk 0 gets a disk as large as the image, as everywhere in
 * Nova. An image that does not fit is refused: DSK-4 would silently give more disk than the flavor sells.
 */
export function rootDiskGb(flavor: Flavor, image: Image): number {
  const imageBytes = image.size ?? 0;
  if (flavor.rootGb === 0) return Math.max(1, wholeGb(imageBytes));
  if (imageBytes > flavor.rootGb * gib) throw imageTooLarge(flavor, image.name ?? image.id ?? '', imageBytes);
  return flavor.rootGb;
}

function imageTooLarge(flavor: Flavor, image: string, bytes: number): DriverError {
  return new DriverError(
    'PVM_IMAGE_TOO_LARGE',
    `Image "${image}" is ${(bytes / gib).toFixed(2)} GB, but the root disk of flavor "${flavor.name}" is only ${flavor.rootGb} GB; choose a flavor with a larger disk`,
    { imageBytes: bytes, rootGb: flavor.rootGb, flavor: flavor.name },
  );
}

/** IMG-2: the bytes go to the disk as they are, so only raw images can boot. */
export function requireRawImage(image: Image): void {
  if (image.diskFormat === null || image.diskFormat === 'raw') return;
  throw new DriverError(
    'PVM_IMAGE_FORMAT',
    `Image "${image.name ?? image.id}" has the disk format ${image.diskFormat}; PowerVM boots raw images only, convert it with qemu-img`,
    { diskFormat: image.diskFormat },
  );
}
