import { decodeAttribute, encodeAttribute } from './references.js';
import { type RawAttribute, splitName } from './start-tag.js';

/** An attribute of an element, written with the quotes and white space it was read with. */
export class XmlAttribute {
  /** As written, `prefix:local`. */
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  /** '' for an attribute without a prefix, as XML has it. */
  readonly namespace: string;
  #raw: string;
  #rawValue: string;
  readonly #quote: '"' | "'";

  /** @internal Use `setAttribute`. */
  constructor(written: RawAttribute, namespace: string) {
    this.name = written.name;
    this.prefix = written.prefix;
    this.local = written.local;
    this.namespace = namespace;
    this.#raw = written.raw;
    this.#rawValue = written.rawValue;
    this.#quote = written.quote;
  }

  /** @internal */
  static of(name: string, namespace: string, value: string): XmlAttribute {
    const rawValue = encodeAttribute(value, '"');
    return new XmlAttribute(
      { name, ...splitName(name), raw: ` ${name}="${rawValue}"`, rawValue, quote: '"' },
      namespace,
    );
  }

  copy(): XmlAttribute {
    const { name, prefix, local } = this;
    const written = { name, prefix, local, raw: this.#raw, rawValue: this.#rawValue, quote: this.#quote };
    return new XmlAttribute(written, this.namespace);
  }

  get value(): string {
    return decodeAttribute(this.#rawValue);
  }

  /** Throws XML_CONTROL_CHARACTER for characters that XML cannot carry. */
  set value(value: string) {
    this.#rawValue = encodeAttribute(value, this.#quote);
    this.#raw = ` ${this.name}=${this.#quote}${this.#rawValue}${this.#quote}`;
  }

  /** As written, with the white space in front of it. */
  get raw(): string {
    return this.#raw;
  }
}
