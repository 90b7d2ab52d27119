import { type PixelFormat, pixelBytes } from './pixel-format.js';
import { CELL_HEIGHT, type Dots, MAGNIFICATION } from './raster.js';

const BACKGROUND = 0;
const FOREGROUND = 0.85;

/** How the pixels of one line of text are written (RFC 6143, section 7.7). */
export interface Encoding {
  readonly type: number;
  encode(dots: Dots, width: number, format: PixelFormat): Buffer;
}

/** Pixel by pixel; every viewer can read it. */
export const rawEncoding: Encoding = {
  type: 0,
  encode: (dots, width, format) => {
    const dark = pixelBytes(format, BACKGROUND);
    const light = pixelBytes(format, FOREGROUND);
    const pixels: Buffer[] = [];
    for (let y = 0; y < CELL_HEIGHT; y += 1)
      for (let x = 0; x < width; x += 1) pixels.push(dots(x, y) ? light : dark);
    return Buffer.concat(pixels);
  },
};

/**
 * RRE: a background with rectangles on it, here one for each run of dots. A fiftieth of the bytes; and noVNC 1.3
 * loses track of raw rectangles when several come in one message.
 */
export const rreEncoding: Encoding = {
  type: 2,
  encode: (dots, width, format) => {
    const light = pixelBytes(format, FOREGROUND);
    const runs: Buffer[] = [];
    for (let y = 0; y < CELL_HEIGHT; y += MAGNIFICATION) {
      for (const { from, to } of runsOf(dots, width, y)) {
        const place = Buffer.alloc(8);
        [from, y, to - from, MAGNIFICATION].forEach((value, index) => {
          place.writeUInt16BE(value, index * 2);
        });
        runs.push(light, place);
      }
    }
    const count = Buffer.alloc(4);
    count.writeUInt32BE(runs.length / 2);
    return Buffer.concat([count, pixelBytes(format, BACKGROUND), ...runs]);
  },
};

function runsOf(dots: Dots, width: number, y: number): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let from: number | undefined;
  for (let x = 0; x <= width; x += 1) {
    const lit = x < width && dots(x, y);
    if (lit) from ??= x;
    else if (from !== undefined) {
      runs.push({ from, to: x });
      from = undefined;
    }
  }
  return runs;
}
