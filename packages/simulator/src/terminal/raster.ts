import { CELL, glyph } from './font.js';
import type { Screen } from './screen.js';

/** Each dot of the font is this many pixels wide and high. */
export const MAGNIFICATION = 2;

export const CELL_WIDTH = CELL.width * MAGNIFICATION;
export const CELL_HEIGHT = CELL.height * MAGNIFICATION;

export const widthOf = (screen: Screen): number => screen.columns * CELL_WIDTH;
export const heightOf = (screen: Screen): number => screen.rows * CELL_HEIGHT;

/** Is the pixel of a text line lit? `y` counts from the top of the line. */
export type Dots = (x: number, y: number) => boolean;

/** The dots of one line of text. */
export function dotsOf(line: string): Dots {
  const columns = [...line].flatMap(glyph);
  return (x, y) => {
    const column = columns[Math.floor(x / MAGNIFICATION)] ?? 0;
    return ((column >> Math.floor(y / MAGNIFICATION)) & 1) === 1;
  };
}
