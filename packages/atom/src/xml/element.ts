import { XmlAttribute } from './attribute.js';
import { type Scope, XMLNS_NAMESPACE } from './namespaces.js';
import { type XmlNode, XmlText } from './node.js';
import { decodeText } from './references.js';
import { isDeclaration, type StartTag } from './start-tag.js';

/** What stands around the root element, so that a document can be written back whole. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

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
  /** Children, or the raw text where text is the only child, or nothing. */
  #content: XmlNode[] | string | undefined = undefined;
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
    if (!Array.isArray(this.#content))
      this.#content = this.#content === undefined ? [] : [XmlText.written(this.#content)];
    return this.#content;
  }

  /** The characters of the element's own text and CDATA, '' when there are none; text of inner elements is left out. */
  get text(): string {
    if (this.#content === undefined) return '';
    if (typeof this.#content === 'string') return decodeText(this.#content);
    let text = '';
    for (const node of this.#content) if (node.kind === 'text' || node.kind === 'cdata') text += node.value;
    return text;
  }

  /** A deep copy that can be put elsewhere; the namespaces stay what they are here. */
  copy(): XmlElement {
    const copy = new XmlElement(this.#tag, this.namespace, this.#scope);
    copy.#attributes = this.#attributes?.map((each) => each.copy());
    copy.#content = Array.isArray(this.#content) ? this.#content.map((each) => each.copy()) : this.#content;
    copy.endSpace = this.endSpace;
    return copy;
  }

  /** @internal The value of an unprefixed attribute, without making the attributes. */
  attributeValue(name: string): string | undefined {
    if (this.#attributes) return this.#attributes.find((each) => each.name === name)?.value;
    const written = this.#tag.attributes.find((each) => each.name === name);
    return written && new XmlAttribute(written, '').value;
  }

  /** @internal Appends text as it was read. */
  appendWritten(raw: string): void {
    if (this.#content === undefined) this.#content = raw;
    else this.children.push(XmlText.written(raw));
  }

  /** @internal Appends a child as it was read. */
  append(node: XmlNode): void {
    if (Array.isArray(this.#content)) this.#content.push(node);
    else this.#content = this.#content === undefined ? [node] : [XmlText.written(this.#content), node];
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

  /** @internal The raw text when text is all there is, else the children, if any. */
  get written(): XmlNode[] | string | undefined {
    return this.#content;
  }

  /** @internal Whether the element is written as one tag when it has no content. */
  get selfClosing(): boolean {
    return this.#tag.selfClosing;
  }
}
