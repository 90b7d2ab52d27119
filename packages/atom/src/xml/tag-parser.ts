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

/** A tag seen before, and which tag came next that time. */
interface Remembered {
  /** What stands between `<` and `>`. */
  readonly text: string;
  readonly tag: StartTag;
  next: Remembered | undefined;
}

const GREATER = 0x3e;

/**
 * Takes start tags apart and remembers the short ones. Documents of one console repeat each other, so the tag that
 * followed the last time is tried first, then all that are known; only a new tag is parsed.
 * A remembered text has been parsed to its very end, so the `>` behind it is where the tag ends.
 */
export class TagParser {
  readonly #remembered = new Map<string, Remembered>();
  readonly #name = nameAt();
  readonly #space = /[ \t\r\n]*/y;
  #previous: Remembered | undefined = undefined;

  constructor(private readonly fail: Fail) {}

  /** The tag that begins with `<` at `open`, when it is the one that was expected. */
  expected(source: string, open: number): StartTag | undefined {
    const guess = this.#previous?.next;
    if (guess === undefined) return undefined;
    const { text } = guess;
    const end = open + 1 + text.length;
    // Never beyond the end: that would cost the compiled code its assumptions.
    if (end >= source.length || source.charCodeAt(end) !== GREATER) return undefined;
    if (!source.startsWith(text, open + 1)) return undefined;
    this.#previous = guess;
    return guess.tag;
  }

  /** The remembered tag that begins at `open` and may end at `greater`. */
  recall(source: string, open: number, greater: number): StartTag | undefined {
    if (greater - open > REMEMBERED_LENGTH) return undefined;
    const found = this.#remembered.get(source.slice(open + 1, greater));
    if (found) this.#follow(found);
    return found?.tag;
  }

  /** Parses the tag that begins with `<` at `open`; returns it with the index behind its `>`. */
  parse(source: string, open: number): ParsedTag {
    const parsed = this.#take(source, open);
    const text = source.slice(open + 1, parsed.end - 1);
    if (text.length >= REMEMBERED_LENGTH) return parsed;
    if (this.#remembered.size >= REMEMBERED_TAGS) this.#remembered.clear();
    // Parsed again from a copy, so that what is remembered does not keep the source alive.
    const copy = detached(`<${text}>`);
    const remembered: Remembered = { text: copy.slice(1, -1), tag: this.#take(copy, 0).tag, next: undefined };
    this.#remembered.set(remembered.text, remembered);
    this.#follow(remembered);
    return { tag: remembered.tag, end: parsed.end };
  }

  #follow(found: Remembered): void {
    if (this.#previous) this.#previous.next = found;
    this.#previous = found;
  }

  #take(source: string, open: number): ParsedTag {
    const name = this.#nameFrom(source, open + 1);
    const attributes: RawAttribute[] = [];
    const names = new Set<string>();
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
      if (names.has(attribute.name)) throw this.fail('XML_DUPLICATE_ATTRIBUTE', next, attribute.name);
      names.add(attribute.name);
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
    const { prefix, local } = splitName(name);
    return { name, prefix, local, raw: source.slice(from, close + 1), rawValue, quote };
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
    const trailing = raw.slice(trailingAt);
    // Most tags are plain: no attribute has a prefix or declares a namespace.
    if (attributes.every((each) => each.prefix === '' && each.name !== 'xmlns'))
      return {
        name,
        prefix,
        local,
        raw,
        attributes,
        trailing,
        selfClosing,
        declarations: undefined,
        prefixedAttributes: false,
      };
    const declarations = this.#declarations(attributes, open);
    const prefixedAttributes = attributes.some((each) => each.prefix !== '' && !isDeclaration(each));
    return { name, prefix, local, raw, attributes, trailing, selfClosing, declarations, prefixedAttributes };
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

/** A copy of its own: in V8 a slice keeps alive all of the string that it was cut from. */
export function detached(text: string): string {
  return Buffer.from(text).toString();
}
