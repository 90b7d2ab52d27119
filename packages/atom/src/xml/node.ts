import type { XmlElement } from './element.js';
import { decodeText, encodeText, refuseForbidden } from './references.js';

/** Character data. `value` holds the characters meant, not the way they are written. */
export class XmlText {
  readonly kind = 'text';
  #raw: string;

  private constructor(raw: string) {
    this.#raw = raw;
  }

  /** Throws XML_CONTROL_CHARACTER for characters that XML cannot carry. */
  static of(value: string): XmlText {
    return new XmlText(encodeText(value));
  }

  /** @internal Text as written, already checked. */
  static written(raw: string): XmlText {
    return new XmlText(raw);
  }

  get value(): string {
    return decodeText(this.#raw);
  }

  set value(value: string) {
    this.#raw = encodeText(value);
  }

  copy(): XmlText {
    return new XmlText(this.#raw);
  }

  /** As written, references and line ends included. */
  get raw(): string {
    return this.#raw;
  }
}

/** A CDATA section, a comment or a processing instruction; `value` is what stands between its delimiters. */
export class XmlOpaque {
  readonly kind: 'cdata' | 'comment' | 'instruction';
  /** As written, delimiters included. */
  readonly raw: string;
  readonly #value: string;

  private constructor(kind: XmlOpaque['kind'], value: string, raw: string) {
    this.kind = kind;
    this.#value = value;
    this.raw = raw;
  }

  /**
   * A section that keeps `value` free of escapes; what a section cannot hold (`]]>`, carriage returns) is put
   * between two sections. Throws XML_CONTROL_CHARACTER for what XML cannot carry.
   */
  static cdata(value: string): XmlOpaque {
    refuseForbidden(value);
    const inside = value.replaceAll(']]>', ']]]]><![CDATA[>').replaceAll('\r', ']]>&#13;<![CDATA[');
    return new XmlOpaque('cdata', value, `<![CDATA[${inside}]]>`);
  }

  /** @internal Content as written, already checked. */
  static written(kind: XmlOpaque['kind'], value: string, raw: string): XmlOpaque {
    return new XmlOpaque(kind, value.replace(/\r\n?/g, '\n'), raw);
  }

  get value(): string {
    return this.#value;
  }

  /** Itself: it cannot be changed. */
  copy(): XmlOpaque {
    return this;
  }
}

/** Whatever an element can contain, in document order. */
export type XmlNode = XmlElement | XmlText | XmlOpaque;
