import { forbiddenCharacter, nameAt } from './characters.js';
import { XmlElement } from './element.js';
import { XmlError, type XmlErrorCode } from './error.js';
import { Scope } from './namespaces.js';
import { XmlOpaque } from './node.js';
import { PositionTracker } from './position.js';
import { faultyReference } from './references.js';
import type { StartTag } from './start-tag.js';
import { detached, TagParser } from './tag-parser.js';

/** Deeper nesting is refused: the deepest captured document has 14 levels. */
const MAXIMUM_DEPTH = 256;
/** UTF-16 units of one tag, text, comment or section. Boot settings, the longest known, take some 20,000. */
const MAXIMUM_TOKEN = 64 * 1024 * 1024;

/** White space shorter than this is remembered. */
const LONGEST_INDENTATION = 100;

const SLASH = 0x2f;
const EXCLAMATION = 0x21;
const QUESTION = 0x3f;
const GREATER = 0x3e;

const whiteSpace = /^[ \t\r\n]*$/;

/** Takes the finished children of the root one by one, so that a long document need not be held. */
export interface ChildReceiver {
  /** Asked when the root has been opened; false = keep the whole tree instead. May throw. */
  wants(root: XmlElement): boolean;
  /** The child is not kept in the root, and neither is white space between children. */
  take(child: XmlElement): void;
}

/**
 * Reads a document, given in pieces, into elements. Strict: anything that is not well-formed XML with
 * namespaces, or that needs a document type declaration, is refused. What is read is checked as it passes,
 * so a syntax error is found even in elements that nobody looks at.
 */
export class Scanner {
  /** The piece at hand; what stands in front of `#at` has been taken. */
  #source = '';
  #at = 0;
  #ended = false;
  readonly #position = new PositionTracker();
  readonly #tags = new TagParser((code, index, detail) => this.#fail(code, index, detail));
  readonly #open: XmlElement[] = [];
  readonly #scopes: Scope[] = [Scope.outermost];
  /** No "&" or "]]>" stands between `#at` and these; -1 when none is left. Most texts need no look. */
  #nextAmpersand = -1;
  #nextSectionEnd = -1;
  /** White space seen last, by length: what stands between elements repeats. */
  readonly #indentations: (string | undefined)[] = new Array(LONGEST_INDENTATION).fill(undefined);
  #before = '';
  #after = '';
  root: XmlElement | undefined = undefined;

  /** Set while the children of the root are handed over. */
  #receiver: ChildReceiver | undefined = undefined;

  constructor(private readonly receiver?: ChildReceiver) {}

  /** Takes the next piece of the document as far as it is complete. `checked` says that surrogates are paired. */
  push(piece: string, checked: boolean): void {
    const forbidden = forbiddenCharacter(piece, checked);
    const kept = this.#source.length - this.#at;
    this.#position.advance(this.#source, this.#at);
    this.#source = this.#at === this.#source.length ? piece : this.#source.slice(this.#at) + piece;
    this.#at = 0;
    if (forbidden !== -1) this.#failForbidden(kept + forbidden);
    this.#nextAmpersand = this.#source.indexOf('&');
    this.#nextSectionEnd = this.#source.indexOf(']]>');
    this.#run();
    if (this.#source.length - this.#at > MAXIMUM_TOKEN) throw this.#fail('XML_TOO_LARGE', this.#at);
  }

  /** Characters that wait for the rest of their token. */
  get waiting(): number {
    return this.#source.length - this.#at;
  }

  /** Says that no further piece comes; returns the root element. */
  end(): XmlElement {
    this.#ended = true;
    this.#run();
    const open = this.#open.at(-1);
    if (open) throw this.#fail('XML_TRUNCATED', this.#source.length, `<${open.name}> is still open`);
    if (!this.root) throw this.#fail('XML_EMPTY', this.#source.length);
    if (this.#before !== '' || this.#after !== '')
      this.root.surroundings = { before: this.#before, after: this.#after };
    return this.root;
  }

  #run(): void {
    while (this.#at < this.#source.length && this.#takeToken());
  }

  /** Takes one text and the markup behind it; false when the rest of it has not arrived. */
  #takeToken(): boolean {
    const source = this.#source;
    const less = source.indexOf('<', this.#at);
    if (less === -1) {
      if (!this.#ended) return false;
      this.#takeText(source.length);
      return false;
    }
    if (less > this.#at) this.#takeText(less);
    if (less + 1 === source.length) return this.#takeStartTag(less);
    switch (source.charCodeAt(less + 1)) {
      case SLASH:
        return this.#takeEndTag(less);
      case EXCLAMATION:
        return this.#takeDeclared(less);
      case QUESTION:
        return this.#takeInstruction(less);
      default:
        return this.#takeStartTag(less);
    }
  }

  #takeText(end: number): void {
    const start = this.#at;
    const parent = this.#open.at(-1);
    this.#at = end;
    const known = end - start < LONGEST_INDENTATION ? this.#indentations[end - start] : undefined;
    if (parent && known !== undefined && this.#source.startsWith(known, start)) {
      if (!this.#receiver || this.#open.length > 1) parent.append(known);
      return;
    }
    const raw = this.#source.slice(start, end);
    if (!parent) {
      this.#takeOutside(raw, start);
      return;
    }
    if (this.#nextAmpersand !== -1 && this.#nextAmpersand < end) this.#checkReferences(raw, start);
    if (this.#nextSectionEnd !== -1 && this.#nextSectionEnd < end) this.#checkSectionEnd(raw, start);
    if (raw.length < LONGEST_INDENTATION && whiteSpace.test(raw))
      this.#indentations[raw.length] = detached(raw);
    if (this.#receiver && this.#open.length === 1 && whiteSpace.test(raw)) return;
    parent.append(raw);
  }

  #takeOutside(raw: string, start: number): void {
    if (!whiteSpace.test(raw))
      throw this.#fail('XML_CONTENT_OUTSIDE_ROOT', start + raw.search(/[^ \t\r\n]/), raw.trim());
    this.#keepOutside(raw);
  }

  #keepOutside(raw: string): void {
    if (this.root) this.#after += raw;
    else this.#before += raw;
  }

  #checkReferences(raw: string, start: number): void {
    const fault = faultyReference(raw);
    if (fault) throw this.#fail(fault.code, start + fault.index, fault.detail);
    this.#nextAmpersand = this.#source.indexOf('&', this.#at);
  }

  #checkSectionEnd(raw: string, start: number): void {
    const found = raw.indexOf(']]>');
    if (found !== -1) throw this.#fail('XML_CDATA_END_IN_TEXT', start + found);
    this.#nextSectionEnd = this.#source.indexOf(']]>', this.#at);
  }

  #takeStartTag(less: number): boolean {
    const source = this.#source;
    const expected = this.#tags.expected(source, less);
    if (expected) {
      this.#at = less + expected.raw.length + (expected.selfClosing ? 3 : 2);
      this.#openElement(expected, less);
      return true;
    }
    const greater = source.indexOf('>', less);
    if (greater === -1 && !this.#ended) return this.#wait(less);
    const known = this.#tags.recall(source, less, greater);
    if (!known && !this.#ended && !hasTagEnd(source, less)) return this.#wait(less);
    const { tag, end } = known ? { tag: known, end: greater + 1 } : this.#tags.parse(source, less);
    this.#at = end;
    this.#openElement(tag, less);
    return true;
  }

  #openElement(tag: StartTag, less: number): void {
    const open = this.#open;
    const outer = this.#scopes[open.length] ?? Scope.outermost;
    const scope = tag.declarations ? outer.with(tag.declarations) : outer;
    const namespace = scope.lookup(tag.prefix);
    if (namespace === undefined) throw this.#fail('XML_UNBOUND_PREFIX', less, tag.name);
    if (tag.prefixedAttributes) this.#checkPrefixed(tag, scope, less);
    if (open.length === 0 && this.root) throw this.#fail('XML_CONTENT_OUTSIDE_ROOT', less, `<${tag.name}>`);
    if (open.length >= MAXIMUM_DEPTH) throw this.#fail('XML_TOO_DEEP', less, tag.name);
    const element = new XmlElement(tag, namespace, scope);
    if (!this.root) this.#begin(element);
    if (tag.selfClosing) this.#attach(element);
    else {
      open.push(element);
      this.#scopes[open.length] = scope;
    }
  }

  #begin(root: XmlElement): void {
    this.root = root;
    if (this.receiver?.wants(root)) this.#receiver = this.receiver;
  }

  #checkPrefixed(tag: StartTag, scope: Scope, less: number): void {
    const seen = new Set<string>();
    for (const { prefix, local, name } of tag.attributes) {
      if (prefix === '' || prefix === 'xmlns') continue;
      const namespace = scope.lookup(prefix);
      if (namespace === undefined) throw this.#fail('XML_UNBOUND_PREFIX', less, name);
      const expanded = `${namespace} ${local}`;
      if (seen.has(expanded)) throw this.#fail('XML_DUPLICATE_ATTRIBUTE', less, name);
      seen.add(expanded);
    }
  }

  /** Puts a finished element into its parent, or hands it over. */
  #attach(element: XmlElement): void {
    const parent = this.#open.at(-1);
    if (!parent) return;
    if (this.#receiver && this.#open.length === 1) this.#receiver.take(element);
    else parent.append(element);
  }

  #takeEndTag(less: number): boolean {
    const source = this.#source;
    const element = this.#open.at(-1);
    const behind = less + 2 + (element?.name.length ?? 0);
    const usual = element && behind < source.length && source.charCodeAt(behind) === GREATER;
    if (!usual || !source.startsWith(element.name, less + 2)) return this.#takeUnusualEndTag(less, element);
    this.#close(element, behind);
    return true;
  }

  /** An end tag with white space in it, one that has not arrived completely, or a wrong one. */
  #takeUnusualEndTag(less: number, element: XmlElement | undefined): boolean {
    const source = this.#source;
    const greater = source.indexOf('>', less);
    if (greater === -1 && !this.#ended) return this.#wait(less);
    if (!element) throw this.#fail('XML_CONTENT_OUTSIDE_ROOT', less, source.slice(less, less + 20));
    if (greater === -1) throw this.#fail('XML_TRUNCATED', source.length, element.name);
    const space = source.slice(less + 2 + element.name.length, greater);
    if (!source.startsWith(element.name, less + 2) || !whiteSpace.test(space)) {
      const found = source.slice(less, greater + 1);
      throw this.#fail('XML_MISMATCHED_TAG', less, `${found} where </${element.name}> was expected`);
    }
    element.endSpace = space;
    this.#close(element, greater);
    return true;
  }

  #close(element: XmlElement, greater: number): void {
    this.#at = greater + 1;
    this.#open.pop();
    this.#attach(element);
  }

  /** What begins with "<!": a comment, a CDATA section, or something refused. */
  #takeDeclared(less: number): boolean {
    const source = this.#source;
    if (!this.#ended && source.length - less < 9) return this.#wait(less);
    if (source.startsWith('<!--', less)) return this.#takeComment(less);
    if (source.startsWith('<![CDATA[', less)) return this.#takeSection(less);
    if (source.startsWith('<!DOCTYPE', less)) throw this.#fail('XML_DOCTYPE', less);
    throw this.#fail('XML_MALFORMED_TAG', less, source.slice(less, less + 12));
  }

  #takeComment(less: number): boolean {
    const dashes = this.#source.indexOf('--', less + 4);
    if (dashes === -1 || dashes + 2 >= this.#source.length) return this.#incomplete(less, '<!--');
    if (this.#source[dashes + 2] !== '>') throw this.#fail('XML_MALFORMED_COMMENT', dashes, '--');
    this.#takeOpaque('comment', this.#source.slice(less + 4, dashes), dashes + 3);
    return true;
  }

  #takeSection(less: number): boolean {
    const end = this.#source.indexOf(']]>', less + 9);
    if (end === -1) return this.#incomplete(less, '<![CDATA[');
    if (this.#open.length === 0) throw this.#fail('XML_CONTENT_OUTSIDE_ROOT', less, '<![CDATA[');
    this.#takeOpaque('cdata', this.#source.slice(less + 9, end), end + 3);
    return true;
  }

  #takeInstruction(less: number): boolean {
    const end = this.#source.indexOf('?>', less + 2);
    if (end === -1) return this.#incomplete(less, '<?');
    const value = this.#source.slice(less + 2, end);
    const target = nameAt().exec(value)?.[0] ?? '';
    if (target.toLowerCase() === 'xml') return this.#takeDeclaration(value, less, end + 2);
    const rest = value.slice(target.length);
    if (target === '' || target.includes(':') || (rest !== '' && !/^[ \t\r\n]/.test(rest)))
      throw this.#fail('XML_MALFORMED_INSTRUCTION', less, value.slice(0, 20));
    this.#takeOpaque('instruction', value, end + 2);
    return true;
  }

  /** The XML declaration is checked and left out: what we write is always UTF-8, version 1.0. */
  #takeDeclaration(value: string, less: number, end: number): boolean {
    const found =
      /^xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.[0-9]+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][\w.-]*)\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\4)?[ \t\r\n]*$/.exec(
        value,
      );
    if (!found || this.#position.offset + less !== 0) throw this.#fail('XML_DECLARATION', less);
    const encoding = found[3]?.toUpperCase() ?? 'UTF-8';
    if (encoding !== 'UTF-8' && encoding !== 'US-ASCII')
      throw this.#fail('XML_UNSUPPORTED_ENCODING', less, encoding);
    this.#at = end;
    return true;
  }

  #takeOpaque(kind: XmlOpaque['kind'], value: string, end: number): void {
    const node = XmlOpaque.written(kind, value, this.#source.slice(this.#at, end));
    this.#at = end;
    const parent = this.#open.at(-1);
    if (!parent) this.#keepOutside(node.raw);
    else if (!this.#receiver || this.#open.length > 1) parent.append(node);
  }

  /** Leaves the markup at `less` for the next piece. */
  #wait(less: number): false {
    this.#at = less;
    return false;
  }

  #incomplete(less: number, opening: string): false {
    if (this.#ended) throw this.#fail('XML_TRUNCATED', this.#source.length, opening);
    return this.#wait(less);
  }

  #failForbidden(index: number): never {
    throw this.#fail('XML_CONTROL_CHARACTER', index, `character ${this.#source.charCodeAt(index)}`);
  }

  #fail(code: XmlErrorCode, index: number, detail?: string): XmlError {
    return new XmlError(code, this.#position.at(this.#source, index), detail);
  }
}

/** Whether a `>` outside of quotes follows. */
function hasTagEnd(source: string, from: number): boolean {
  const end = /[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>/y;
  end.lastIndex = from;
  return end.test(source);
}
