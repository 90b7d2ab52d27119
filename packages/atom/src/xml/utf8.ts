import { isUtf8 } from 'node:buffer';
import { XmlError } from './error.js';

/** Decodes bytes that arrive in pieces; a character may be cut in two. Anything but UTF-8 is refused. */
export class Utf8Decoder {
  #rest: Uint8Array = new Uint8Array(0);
  /** Bytes decoded so far. */
  #offset = 0;

  push(bytes: Uint8Array): string {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const whole = all.length - unfinished(all);
    const text = this.#decode(all.subarray(0, whole));
    this.#rest = all.slice(whole);
    return text;
  }

  /** Throws when the last character is incomplete. */
  end(): void {
    this.#decode(this.#rest);
  }

  #decode(bytes: Uint8Array): string {
    if (!isUtf8(bytes)) {
      const offset = this.#offset + faultOf(bytes);
      throw new XmlError('XML_ENCODING', { line: 1, column: offset + 1, offset }, `byte at offset ${offset}`);
    }
    this.#offset += bytes.length;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }
}

/** How many bytes at the end begin a character that may be completed by the next piece: 0 to 3. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? back : 0;
    }
  }
  return 0;
}

/** Where the first wrong character begins. */
function faultOf(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    const head = bytes.subarray(0, middle);
    if (isUtf8(head.subarray(0, middle - unfinished(head)))) valid = middle;
    else invalid = middle;
  }
  return valid - unfinished(bytes.subarray(0, valid));
}
