import type { XmlElement } from './element.js';
import { Scope } from './namespaces.js';
import { encodeAttribute } from './references.js';

/**
 * Writes an element as a document: byte for byte what was read where nothing was edited, without XML declaration.
 * An element taken out of another document gets the namespace declarations it needs.
 */
export function writeDocument(element: XmlElement): string {
  const { before = '', after = '' } = element.surroundings ?? {};
  return before + writeElement(element, Scope.outermost) + after;
}

function writeElement(element: XmlElement, outer: Scope): string {
  const own = element.declarations;
  let scope = own ? outer.with(own) : outer;
  const missing = missingDeclarations(element, scope);
  if (missing) scope = scope.with(missing);
  const tag = element.startTag(missing ? written(missing) : '');
  const content = element.written;
  if (content === undefined || content.length === 0)
    return element.selfClosing ? `<${tag}/>` : `<${tag}></${element.name}${element.endSpace}>`;
  return `<${tag}>${writeContent(content, scope)}</${element.name}${element.endSpace}>`;
}

function writeContent(content: NonNullable<XmlElement['written']>, scope: Scope): string {
  if (typeof content === 'string') return content;
  let text = '';
  for (const node of content) {
    if (typeof node === 'string') text += node;
    else text += node.kind === 'element' ? writeElement(node, scope) : node.raw;
  }
  return text;
}

function missingDeclarations(element: XmlElement, scope: Scope): Map<string, string> | undefined {
  let missing: Map<string, string> | undefined;
  if (scope.lookup(element.prefix) !== element.namespace)
    missing = new Map([[element.prefix, element.namespace]]);
  for (const { prefix, namespace } of element.prefixedAttributes) {
    if (scope.lookup(prefix) !== namespace) missing = new Map([...(missing ?? []), [prefix, namespace]]);
  }
  return missing;
}

function written(declarations: ReadonlyMap<string, string>): string {
  let text = '';
  for (const [prefix, namespace] of declarations)
    text += ` xmlns${prefix === '' ? '' : `:${prefix}`}="${encodeAttribute(namespace, '"')}"`;
  return text;
}
