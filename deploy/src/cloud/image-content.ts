/** Size of the demonstration image, bytes. */
const imageSize = 16 * 1024 * 1024;

const title = 'openstack-powervm demonstration image: raw, 16 MiB, this line and then a seeded pattern\n';
const seed = 0x9e3779b9;

/**
 * A disk image that can be recognised wherever it turns up: a line of text, then numbers from
 * Marsaglia's xorshift generator (32 bits, shifts 13, 17, 5), little-endian.
 */
export function demonstrationImage(): Uint8Array {
  const image = Buffer.alloc(imageSize);
  let state = seed;
  for (let offset = 0; offset < imageSize; offset += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    image.writeUInt32LE(state >>> 0, offset);
  }
  image.write(title, 0, 'latin1');
  return image;
}
