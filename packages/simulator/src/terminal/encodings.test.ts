import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rawEncoding, rreEncoding } from './encodings.js';
import { defaultFormat } from './pixel-format.js';
import { CELL_HEIGHT, CELL_WIDTH, dotsOf } from './raster.js';
import { readScreen } from './read-screen.js';

const text = fc.array(fc.integer({ min: 0x20, max: 0x7e }), { minLength: 1, maxLength: 20 });

/** The pixels of a line, drawn from its RRE form. */
function drawn(bytes: Buffer, width: number): Buffer {
  const pixels = Buffer.alloc(width * CELL_HEIGHT * 4);
  for (let run = 0; run < bytes.readUInt32BE(0); run += 1) {
    const at = 8 + run * 12;
    const [x = 0, y = 0, w = 0, h = 0] = [4, 6, 8, 10].map((offset) => bytes.readUInt16BE(at + offset));
    for (let row = y; row < y + h; row += 1)
      for (let column = x; column < x + w; column += 1)
        bytes.copy(pixels, (row * width + column) * 4, at, at + 4);
  }
  return pixels;
}

test('RRE draws the same pixels as the raw encoding, and the text can be read from them', () => {
  fc.assert(
    fc.property(text, (codes) => {
      const line = String.fromCodePoint(...codes);
      const width = line.length * CELL_WIDTH;
      const raw = rawEncoding.encode(dotsOf(line), width, defaultFormat);
      assert.deepEqual(drawn(rreEncoding.encode(dotsOf(line), width, defaultFormat), width), raw);
      const isLit = (x: number, y: number): boolean => raw.readUInt32LE((y * width + x) * 4) !== 0;
      assert.deepEqual(readScreen({ width, height: CELL_HEIGHT, isLit }), [line.trimEnd()]);
    }),
    { numRuns: 40 },
  );
});
