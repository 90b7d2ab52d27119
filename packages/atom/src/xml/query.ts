import { XmlElement } from './element.js';

/** The element's own characters, text and CDATA; '' when there are none. */
export function textOf(element: XmlElement): string {
  return element.text;
}

/** The first child element with this local name. */
export function child(element: XmlElement, local: string): XmlElement | undefined {
  const content = element.written;
  if (!Array.isArray(content)) return undefined;
  // By index: this is what reading a field comes down to.
  for (let index = 0; index < content.length; index += 1) {
    const node = content[index];
    if (node instanceof XmlElement && node.local === local) return node;
  }
  return undefined;
}

/** The child elements in document order, all or those with this local name. */
export function childElements(element: XmlElement, local?: string): XmlElement[] {
  const content = element.written;
  const found: XmlElement[] = [];
  if (!Array.isArray(content)) return found;
  for (const node of content)
    if (node instanceof XmlElement && (local === undefined || node.local === local)) found.push(node);
  return found;
}

/** The value of an attribute without prefix, undefined when it is absent. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributeValue(name);
}
