import { XmlAttribute } from './attribute.js';
import { type Scope, XMLNS_NAMESPACE } from './namespaces.js';
import { type XmlNode, XmlText } from './node.js';
import { decodeAttribute, decodeText } from './references.js';
import { isDeclaration, type StartTag } from './start-tag.js';

/** What stands around the root element, so that a document can be written back whole. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/**
 * What an element contains, as it was read: nothing, raw text alone, or a sequence in which raw texts are strings.
 * A feed is half white space between elements; it is not worth a node each.
 */
export type WrittenContent = (XmlNode | string)[] | string | undefined;

/**
 * An element with all that was written: name, attributes, children in order. `attributes` and `children` are
 * live arrays: edit them in place. Both are made on first use; most elements of a large feed are never asked.
 */
export class XmlElement {
  readonly kind = 'element';
  readonly #tag: StartTag;
  readonly #scope: Scope;
  /** Namespace URI, '' when the element is in none. */
  readonly namespace: string;
  #attributes: XmlAttribute[] | undefined = undefined;
  #content: WrittenContent = undefined;
  /** The content once `children` has been asked for: every text is a node from then on. */
  #nodes: XmlNode[] | undefined = undefined;
  /** @internal White space in the end tag. */
  endSpace = '';
  /** @internal Set on the root element of a document that was read. */
  surroundings: Surroundings | undefined = undefined;

  /** @internal `scope` holds the declarations in force at this element, its own included. Use `element()`. */
  constructor(tag: StartTag, namespace: string, scope: Scope) {
    this.#tag = tag;
    this.namespace = namespace;
    this.#scope = scope;
  }

  /** As written, `prefix:local`. */
  get name(): string {
    return this.#tag.name;
  }

  get prefix(): string {
    return this.#tag.prefix;
  }

  get local(): string {
    return this.#tag.local;
  }

  get attributes(): XmlAttribute[] {
    this.#attributes ??= this.#tag.attributes.map((written) => {
      if (isDeclaration(written)) return new XmlAttribute(written, XMLNS_NAMESPACE);
      const namespace = written.prefix === '' ? '' : (this.#scope.lookup(written.prefix) ?? '');
      return new XmlAttribute(written, namespace);
    });
    return this.#attributes;
  }

  get children(): XmlNode[] {
    const content = this.#content ?? [];
    const nodes = this.#nodes ?? (typeof content === 'string' ? [content] : content).map(toNode);
    this.#nodes = nodes;
    this.#content = nodes;
    return nodes;
  }

  /** The characters of the element's own text and CDATA, '' when there are none; text of inner elements is left out. */
  get text(): string {
    const content = this.#content;
    if (content === undefined) return '';
    if (typeof content === 'string') return decodeText(content);
    let text = '';
    for (const node of content) {
      if (typeof node === 'string') text += decodeText(node);
      else if (node.kind === 'text' || node.kind === 'cdata') text += node.value;
    }
    return text;
  }

  /** A deep copy that can be put elsewhere; the namespaces stay what they are here. */
  copy(): XmlElement {
    const copy = new XmlElement(this.#tag, this.namespace, this.#scope);
    copy.#attributes = this.#attributes?.map((each) => each.copy());
    const content = this.#content;
    copy.#content =
      content === undefined || typeof content === 'string'
        ? content
        : content.map((each) => (typeof each === 'string' ? each : each.copy()));
    copy.endSpace = this.endSpace;
    return copy;
  }

  /** @internal The value of an unprefixed attribute, without making the attributes. */
  attributeValue(name: string): string | undefined {
    if (this.#attributes) return this.#attributes.find((each) => each.name === name)?.value;
    const written = this.#tag.attributes.find((each) => each.name === name);
    return written && decodeAttribute(written.rawValue);
  }

  /** @internal Appends a child, or text as it was read. Only before `children` has been asked for. */
  append(node: XmlNode | string): void {
    if (this.#content === undefined) this.#content = typeof node === 'string' ? node : [node];
    else if (typeof this.#content === 'string') this.#content = [this.#content, node];
    else this.#content.push(node);
  }

  /** @internal The namespaces declared on this element: prefix → namespace, '' for the default. */
  get declarations(): ReadonlyMap<string, string> | undefined {
    if (!this.#attributes) return this.#tag.declarations;
    const own = this.#attributes.filter(isDeclaration);
    if (own.length === 0) return undefined;
    return new Map(own.map((each) => [each.prefix === '' ? '' : each.local, each.value]));
  }

  /** @internal Attributes whose prefix must be declared where they are written. */
  get prefixedAttributes(): readonly XmlAttribute[] {
    if (!this.#attributes && !this.#tag.prefixedAttributes) return [];
    return this.attributes.filter((each) => each.prefix !== '' && !isDeclaration(each));
  }

  /** @internal The start tag between `<` and `>` (without slash), with further declarations put behind the name. */
  startTag(further: string): string {
    const { name, raw, trailing } = this.#tag;
    if (!this.#attributes) return further === '' ? raw : name + further + raw.slice(name.length);
    let tag = name + further;
    for (const each of this.#attributes) tag += each.raw;
    return tag + trailing;
  }

  /** @internal */
  get written(): Readonly<WrittenContent> {
    return this.#content;
  }

  /** @internal Whether the element is written as one tag when it has no content. */
  get selfClosing(): boolean {
    return this.#tag.selfClosing;
  }
}

function toNode(written: XmlNode | string): XmlNode {
  return typeof written === 'string' ? XmlText.written(written) : written;
}
