import type { XmlElement } from './element.js';
import { type ChildReceiver, Scanner } from './scanner.js';
import { Utf8Decoder } from './utf8.js';

/**
 * Reads a whole document and returns its root element. Nothing is lost but the XML declaration and a byte order
 * mark. Throws `XmlError` with the position of the first fault.
 */
export function readDocument(source: string | Uint8Array): XmlElement {
  const reader = new DocumentReader();
  reader.push(source);
  return reader.end();
}

/** Feeds a scanner with bytes or text that arrive in pieces of any size. */
export class DocumentReader {
  readonly #scanner: Scanner;
  readonly #decoder = new Utf8Decoder();
  #begun = false;
  /** Pieces held back until they are as long as what the scanner waits on: a long token stays linear in cost. */
  #held: string[] = [];
  #heldLength = 0;
  #checked = true;

  constructor(receiver?: ChildReceiver) {
    this.#scanner = new Scanner(receiver);
  }

  push(piece: string | Uint8Array): void {
    let text = typeof piece === 'string' ? piece : this.#decoder.push(piece);
    if (typeof piece === 'string') this.#checked = false;
    if (text === '') return;
    if (!this.#begun && text.startsWith('\ufeff')) text = text.slice(1);
    this.#begun = true;
    this.#held.push(text);
    this.#heldLength += text.length;
    if (this.#heldLength >= this.#scanner.waiting) this.#release();
  }

  /** Says that no further piece comes; returns the root element. */
  end(): XmlElement {
    this.#decoder.end();
    this.#release();
    return this.#scanner.end();
  }

  #release(): void {
    const text = this.#held.length === 1 ? (this.#held[0] ?? '') : this.#held.join('');
    this.#held = [];
    this.#heldLength = 0;
    if (text !== '') this.#scanner.push(text, this.#checked);
  }
}
