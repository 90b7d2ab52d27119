import { CELL_HEIGHT, CELL_WIDTH, dotsOf } from './raster.js';

/** A picture of a terminal, such as a viewer of its console has. */
export interface ScreenPicture {
  /** pixels */
  readonly width: number;
  readonly height: number;
  isLit(x: number, y: number): boolean;
}

/** Printable ASCII. */
const characters = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index));

function dotsOfCell(isLit: ScreenPicture['isLit']): string {
  let text = '';
  for (let y = 0; y < CELL_HEIGHT; y += 1)
    for (let x = 0; x < CELL_WIDTH; x += 1) text += isLit(x, y) ? '#' : '.';
  return text;
}

/** The text of a picture of a simulated terminal, row by row; `?` where nothing is recognised, blanks cut at the end. */
export function readScreen({ width, height, isLit }: ScreenPicture): readonly string[] {
  const known = new Map(characters.map((character) => [dotsOfCell(dotsOf(character)), character]));
  const cell = (column: number, row: number): string =>
    known.get(dotsOfCell((x, y) => isLit(column * CELL_WIDTH + x, row * CELL_HEIGHT + y))) ?? '?';
  const columns = Array.from({ length: Math.floor(width / CELL_WIDTH) }, (_, column) => column);
  return Array.from({ length: Math.floor(height / CELL_HEIGHT) }, (_, row) =>
    columns
      .map((column) => cell(column, row))
      .join('')
      .trimEnd(),
  );
}
