import type { XmlPosition } from './error.js';

/** Knows where in the document the piece at hand begins. */
export class PositionTracker {
  /** UTF-16 units in front of the piece at hand. */
  offset = 0;
  #line = 1;
  #column = 1;

  /** The first `length` characters of the piece have been dealt with and are dropped. */
  advance(piece: string, length: number): void {
    if (length === 0) return;
    let lastBreak = -1;
    for (let at = piece.indexOf('\n'); at !== -1 && at < length; at = piece.indexOf('\n', at + 1)) {
      this.#line += 1;
      lastBreak = at;
    }
    this.#column = lastBreak === -1 ? this.#column + length : length - lastBreak;
    this.offset += length;
  }

  /** The position of an index of the piece. */
  at(piece: string, index: number): XmlPosition {
    const there = new PositionTracker();
    there.offset = this.offset;
    there.#line = this.#line;
    there.#column = this.#column;
    there.advance(piece, index);
    return { line: there.#line, column: there.#column, offset: there.offset };
  }
}
