import { nameAt } from './characters.js';
import type { XmlError, XmlErrorCode } from './error.js';
import { XML_NAMESPACE, XMLNS_NAMESPACE } from './namespaces.js';
import { decodeAttribute, faultyReference } from './references.js';
import { isDeclaration, type RawAttribute, type StartTag, splitName } from './start-tag.js';

/** Makes the error for a fault at an index of the source. */
export type Fail = (code: XmlErrorCode, index: number, detail?: string) => XmlError;

export interface ParsedTag {
  readonly tag: StartTag;
  /** Index behind the `>`. */
  readonly end: number;
}

/** Longer tags are mostly references to one object: remembering them would cost more than parsing them. */
const REMEMBERED_LENGTH = 96;
const REMEMBERED_TAGS = 2_000;

/**
 * Takes start tags apart and remembers the short ones, so that most tags of a feed cost one look-up.
 * A remembered text has been parsed to its very end, so the first `>` in it is where the tag ends.
 */
export class TagParser {
  readonly #remembered = new Map<string, StartTag>();
  readonly #name = nameAt();
  readonly #space = /[ \t\r\n]*/y;

  constructor(private readonly fail: Fail) {}

  /** The remembered tag whose text (without `<` and `>`) is this one. */
  recall(text: string): StartTag | undefined {
    return text.length <= REMEMBERED_LENGTH ? this.#remembered.get(text) : undefined;
  }

  /** Parses the tag that begins with `<` at `open`; returns it with the index behind its `>`. */
  parse(source: string, open: number): ParsedTag {
    const parsed = this.#take(source, open);
    const text = source.slice(open + 1, parsed.end - 1);
    if (text.length > REMEMBERED_LENGTH) return parsed;
    if (this.#remembered.size >= REMEMBERED_TAGS) this.#remembered.clear();
    // Parsed again from a copy: in V8 slices of the source would keep all of it alive.
    const copy = Buffer.from(`<${text}>`).toString();
    const { tag } = this.#take(copy, 0);
    this.#remembered.set(copy.slice(1, -1), tag);
    return { tag, end: parsed.end };
  }

  #take(source: string, open: number): ParsedTag {
    const name = this.#nameFrom(source, open + 1);
    const attributes: RawAttribute[] = [];
    let at = open + 1 + name.length;
    for (;;) {
      const next = this.#skipSpace(source, at);
      const character = source[next];
      if (character === '>' || character === '/') {
        if (character === '/' && source[next + 1] !== '>')
          throw this.fail(next + 1 < source.length ? 'XML_MALFORMED_TAG' : 'XML_TRUNCATED', next, name);
        const selfClosing = character === '/';
        const tag = this.#assemble(
          source.slice(open + 1, next),
          name,
          attributes,
          at - open - 1,
          selfClosing,
          open,
        );
        return { tag, end: next + (selfClosing ? 2 : 1) };
      }
      if (character === undefined) throw this.fail('XML_TRUNCATED', source.length, name);
      if (next === at) throw this.fail('XML_MALFORMED_TAG', at, name);
      const attribute = this.#attribute(source, at, next);
      if (attributes.some((other) => other.name === attribute.name))
        throw this.fail('XML_DUPLICATE_ATTRIBUTE', next, attribute.name);
      attributes.push(attribute);
      at += attribute.raw.length;
    }
  }

  #nameFrom(source: string, at: number): string {
    this.#name.lastIndex = at;
    const name = this.#name.exec(source)?.[0];
    if (name === undefined)
      throw this.fail(at < source.length ? 'XML_BAD_NAME' : 'XML_TRUNCATED', at, source.slice(at, at + 12));
    const colon = name.indexOf(':');
    if (colon === 0 || colon === name.length - 1 || colon !== name.lastIndexOf(':'))
      throw this.fail('XML_BAD_NAME', at, name);
    return name;
  }

  #skipSpace(source: string, at: number): number {
    this.#space.lastIndex = at;
    this.#space.test(source);
    return this.#space.lastIndex;
  }

  #attribute(source: string, from: number, nameAt: number): RawAttribute {
    const name = this.#nameFrom(source, nameAt);
    const equals = this.#skipSpace(source, nameAt + name.length);
    if (source[equals] !== '=')
      throw this.fail(equals < source.length ? 'XML_MALFORMED_TAG' : 'XML_TRUNCATED', equals, name);
    const open = this.#skipSpace(source, equals + 1);
    const quote = source[open];
    if (quote !== '"' && quote !== "'")
      throw this.fail(open < source.length ? 'XML_UNQUOTED_ATTRIBUTE' : 'XML_TRUNCATED', open, name);
    const close = source.indexOf(quote, open + 1);
    const rawValue = source.slice(open + 1, close === -1 ? source.length : close);
    const less = rawValue.indexOf('<');
    if (less !== -1) throw this.fail('XML_LT_IN_ATTRIBUTE', open + 1 + less, name);
    if (close === -1) throw this.fail('XML_TRUNCATED', source.length, name);
    const fault = faultyReference(rawValue);
    if (fault) throw this.fail(fault.code, open + 1 + fault.index, fault.detail);
    return { name, ...splitName(name), raw: source.slice(from, close + 1), rawValue, quote };
  }

  #assemble(
    raw: string,
    name: string,
    attributes: RawAttribute[],
    trailingAt: number,
    selfClosing: boolean,
    open: number,
  ): StartTag {
    const { prefix, local } = splitName(name);
    if (prefix === 'xmlns') throw this.fail('XML_RESERVED_PREFIX', open, name);
    return {
      ...{ name, prefix, local, raw, attributes, selfClosing },
      trailing: raw.slice(trailingAt),
      declarations: this.#declarations(attributes, open),
      prefixedAttributes: attributes.some((each) => each.prefix !== '' && !isDeclaration(each)),
    };
  }

  #declarations(attributes: RawAttribute[], open: number): ReadonlyMap<string, string> | undefined {
    const declared = new Map<string, string>();
    for (const attribute of attributes) {
      if (!isDeclaration(attribute)) continue;
      const prefix = attribute.name === 'xmlns' ? '' : attribute.local;
      const namespace = decodeAttribute(attribute.rawValue);
      // Namespaces in XML 1.0, section 3 and 2.2: only the default may be undeclared; xml and xmlns are fixed.
      const reserved =
        prefix === 'xmlns' ||
        namespace === XMLNS_NAMESPACE ||
        (prefix === 'xml') !== (namespace === XML_NAMESPACE) ||
        (prefix !== '' && namespace === '');
      if (reserved) throw this.fail('XML_RESERVED_PREFIX', open, attribute.raw.trim());
      declared.set(prefix, namespace);
    }
    return declared.size === 0 ? undefined : declared;
  }
}
