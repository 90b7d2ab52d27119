import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glyph } from './font.js';
import { Screen } from './screen.js';

const textOf = (screen: Screen): string[] => screen.lines.map((line) => line.trimEnd());

test('text wraps, scrolls and can be rubbed out', () => {
  const screen = new Screen(5, 3);
  screen.write('abcdefg');
  assert.deepEqual(textOf(screen), ['abcde', 'fg_', '']);
  screen.write('\b \b\r\nx\r\ny');
  assert.deepEqual(textOf(screen), ['f', 'x', 'y_']);
  screen.clear();
  assert.deepEqual(textOf(screen), ['_', '', '']);
});

test('the font has a picture of its own for every printable character', () => {
  const pictures = Array.from({ length: 95 }, (_, index) =>
    glyph(String.fromCodePoint(0x20 + index)).join(' '),
  );
  assert.equal(new Set(pictures).size, 95);
  assert.deepEqual(glyph('\u00e4'), glyph(' '));
});
