import type { XmlElement } from '../xml/element.js';
import { XmlError } from '../xml/error.js';
import { childElements } from '../xml/query.js';
import { readDocument } from '../xml/reader.js';
import { type AtomEntry, type AtomLink, isAtom, toEntry, toLink } from './entry.js';

/** A feed's own fields (protocol reference 2.2). */
export interface AtomFeed {
  readonly id: string;
  readonly updated?: string;
  /** PCM feeds only. */
  readonly title?: string;
  /** PCM feeds only. */
  readonly subtitle?: string;
  readonly generator?: string;
  readonly links: readonly AtomLink[];
}

/** A feed read whole. For feeds of any size prefer `readEntries`, which holds one entry at a time. */
export interface AtomDocument {
  /** Undefined when the document is a single entry. */
  readonly feed: AtomFeed | undefined;
  readonly entries: readonly AtomEntry[];
}

/** Reads a feed, or a single entry, whole. Throws XML_NOT_A_FEED when it is something else. */
export function readFeed(source: string | Uint8Array): AtomDocument {
  const root = readDocument(source);
  if (isAtom(root, 'entry')) return { feed: undefined, entries: [toEntry(root)] };
  refuseOther(root);
  const entries = childElements(root).filter((each) => isAtom(each, 'entry'));
  return { feed: toFeed(childElements(root)), entries: entries.map(toEntry) };
}

/** The feed's own fields, from those of its children that have been read. */
export function toFeed(children: readonly XmlElement[]): AtomFeed {
  const text = (local: string) => children.find((each) => isAtom(each, local))?.text.trim();
  const updated = text('updated');
  const title = text('title');
  const subtitle = text('subtitle');
  const generator = text('generator');
  return {
    id: text('id') ?? '',
    links: children.filter((each) => isAtom(each, 'link')).map(toLink),
    ...(updated === undefined ? {} : { updated }),
    ...(title === undefined ? {} : { title }),
    ...(subtitle === undefined ? {} : { subtitle }),
    ...(generator === undefined ? {} : { generator }),
  };
}

/** Throws XML_NOT_A_FEED unless the element is an Atom feed. */
export function refuseOther(root: XmlElement): void {
  if (isAtom(root, 'feed')) return;
  throw new XmlError('XML_NOT_A_FEED', { line: 1, column: 1, offset: 0 }, `<${root.name}>`);
}
