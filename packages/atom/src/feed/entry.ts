import type { XmlElement } from '../xml/element.js';
import { attribute, childElements, textOf } from '../xml/query.js';

/** Namespace of Atom (protocol reference 2.1). */
export const ATOM_NAMESPACE = 'http://www.w3.org/2005/Atom';

export interface AtomLink {
  /** As written; consoles write `SELF` and PCM feeds `self`. '' when there is none (PCM metric links). */
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
}

/** One Atom entry (protocol reference 2.3). */
export interface AtomEntry {
  readonly id: string;
  /** The type name, such as `LogicalPartition`; '' when absent. */
  readonly title: string;
  /** ISO 8601 with zone. */
  readonly published?: string;
  readonly updated?: string;
  /** Trimmed: one console pads it with white space (captures: event.xml). Absent from web entries. */
  readonly etag?: string;
  readonly links: readonly AtomLink[];
  /** The object: the one child of `content`. PCM metric entries have none. */
  readonly content?: XmlElement;
  /** `term` of the category (PCM metrics). */
  readonly category?: string;
  /** The entry element itself. */
  readonly element: XmlElement;
}

/** Reads the envelope of an `entry` element. */
export function toEntry(entry: XmlElement): AtomEntry {
  const fields: Partial<Record<string, string>> = {};
  const links: AtomLink[] = [];
  let content: XmlElement | undefined;
  let category: string | undefined;
  for (const field of childElements(entry)) {
    if (field.local === 'link') links.push(toLink(field));
    else if (field.local === 'content') content = childElements(field)[0];
    else if (field.local === 'category') category = attribute(field, 'term');
    else fields[field.local] ??= textOf(field).trim();
  }
  const { id = '', title = '', published, updated, etag } = fields;
  return {
    id,
    title,
    links,
    element: entry,
    ...(published === undefined ? {} : { published }),
    ...(updated === undefined ? {} : { updated }),
    ...(etag === undefined ? {} : { etag }),
    ...(content === undefined ? {} : { content }),
    ...(category === undefined ? {} : { category }),
  };
}

/** The first link of this relation; the case of `rel` is ignored (protocol reference 2.2). */
export function linkOf(entry: { readonly links: readonly AtomLink[] }, rel: string): AtomLink | undefined {
  return entry.links.find((link) => link.rel.toUpperCase() === rel.toUpperCase());
}

export function toLink(link: XmlElement): AtomLink {
  const type = attribute(link, 'type');
  const title = attribute(link, 'title');
  return {
    rel: attribute(link, 'rel') ?? '',
    href: attribute(link, 'href') ?? '',
    ...(type === undefined ? {} : { type }),
    ...(title === undefined ? {} : { title }),
  };
}

/** Whether the element is an Atom element of this local name. */
export function isAtom(element: XmlElement, local: string): boolean {
  return element.local === local && element.namespace === ATOM_NAMESPACE;
}
