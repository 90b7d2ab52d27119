import { ConnectionEnded } from './byte-reader.js';

/** How a client wants its pixels (RFC 6143, section 7.4). */
export interface PixelFormat {
  readonly bitsPerPixel: number;
  readonly bigEndian: boolean;
  readonly red: Channel;
  readonly green: Channel;
  readonly blue: Channel;
}

interface Channel {
  readonly maximum: number;
  readonly shift: number;
}

export const defaultFormat: PixelFormat = {
  bitsPerPixel: 32,
  bigEndian: false,
  red: { maximum: 255, shift: 16 },
  green: { maximum: 255, shift: 8 },
  blue: { maximum: 255, shift: 0 },
};

/** 16 bytes of ServerInit. */
export function writeFormat(format: PixelFormat): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt8(format.bitsPerPixel, 0);
  bytes.writeUInt8(24, 1);
  bytes.writeUInt8(format.bigEndian ? 1 : 0, 2);
  bytes.writeUInt8(1, 3);
  [format.red, format.green, format.blue].forEach(({ maximum, shift }, index) => {
    bytes.writeUInt16BE(maximum, 4 + index * 2);
    bytes.writeUInt8(shift, 10 + index);
  });
  return bytes;
}

/** 16 bytes of SetPixelFormat. Colour maps are not offered: they read as true colour. Throws `ConnectionEnded`. */
export function readFormat(bytes: Buffer): PixelFormat {
  const channel = (index: number): Channel => ({
    maximum: bytes.readUInt16BE(4 + index * 2),
    shift: bytes.readUInt8(10 + index),
  });
  const bitsPerPixel = bytes.readUInt8(0);
  if (![8, 16, 32].includes(bitsPerPixel)) throw new ConnectionEnded();
  return {
    bitsPerPixel,
    bigEndian: bytes.readUInt8(2) !== 0,
    red: channel(0),
    green: channel(1),
    blue: channel(2),
  };
}

/** The bytes of a grey of this brightness, 0 to 1. */
export function pixelBytes(format: PixelFormat, brightness: number): Buffer {
  const value = [format.red, format.green, format.blue].reduce(
    (sum, { maximum, shift }) => sum + Math.round(brightness * maximum) * 2 ** shift,
    0,
  );
  const length = format.bitsPerPixel / 8;
  const bytes = Buffer.alloc(length);
  if (format.bigEndian) bytes.writeUIntBE(value, 0, length);
  else bytes.writeUIntLE(value, 0, length);
  return bytes;
}
