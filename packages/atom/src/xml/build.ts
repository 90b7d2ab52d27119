import { XmlAttribute } from './attribute.js';
import { isName } from './characters.js';
import { XmlElement } from './element.js';
import { XmlError } from './error.js';
import { Scope } from './namespaces.js';
import { type XmlNode, XmlOpaque, XmlText } from './node.js';
import { splitName } from './start-tag.js';

/**
 * A new element. `name` may have a prefix; the declaration is written where it is needed. Strings among the
 * children become text. Throws XML_BAD_NAME, or XML_CONTROL_CHARACTER for characters that XML cannot carry.
 */
export function element(
  name: string,
  namespace: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly (XmlNode | string)[] = [],
): XmlElement {
  refuseBadName(name);
  const { prefix, local } = splitName(name);
  const made = new XmlElement(
    {
      name,
      prefix,
      local,
      raw: name,
      attributes: [],
      trailing: '',
      selfClosing: true,
      declarations: undefined,
      prefixedAttributes: false,
    },
    namespace,
    Scope.outermost,
  );
  for (const [key, value] of Object.entries(attributes)) setAttribute(made, key, value);
  for (const child of children) made.append(typeof child === 'string' ? XmlText.of(child) : child);
  return made;
}

/** A text node. Throws XML_CONTROL_CHARACTER for characters that XML cannot carry. */
export function text(value: string): XmlText {
  return XmlText.of(value);
}

/** A CDATA section. Throws XML_CONTROL_CHARACTER for characters that XML cannot carry. */
export function cdata(value: string): XmlOpaque {
  return XmlOpaque.cdata(value);
}

/** Replaces everything an element contains by text. */
export function setText(target: XmlElement, value: string): void {
  const content = value === '' ? [] : [XmlText.of(value)];
  target.children.splice(0, target.children.length, ...content);
}

/** Sets an unprefixed attribute in place, or appends it. */
export function setAttribute(target: XmlElement, name: string, value: string): void {
  refuseBadName(name);
  const existing = target.attributes.find((each) => each.name === name);
  if (existing) existing.value = value;
  else target.attributes.push(XmlAttribute.of(name, '', value));
}

function refuseBadName(name: string): void {
  const { prefix, local } = splitName(name);
  const colons = local.includes(':') || (name.includes(':') && (prefix === '' || local === ''));
  if (!isName(name) || colons) throw new XmlError('XML_BAD_NAME', { line: 1, column: 1, offset: 0 }, name);
}
