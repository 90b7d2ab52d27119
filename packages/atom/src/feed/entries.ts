import type { XmlElement } from '../xml/element.js';
import { DocumentReader } from '../xml/reader.js';
import { type AtomEntry, isAtom, toEntry } from './entry.js';
import { type AtomFeed, refuseOther, toFeed } from './feed.js';

/** A feed while it arrives. Iterate it once. */
export interface EntryStream extends AsyncIterable<AtomEntry> {
  /**
   * The feed's own fields as far as they have arrived: they stand in front of the entries, so they are complete
   * with the first entry or at the end. Undefined before that, and for a document that is a single entry.
   */
  readonly feed: AtomFeed | undefined;
}

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Reads a feed, or a single entry, one entry at a time, with memory for one entry and one chunk. The chunks may
 * be cut anywhere. Throws `XmlError` where the document is faulty, after the entries in front of the fault.
 * Leaving the loop early closes the source of the chunks.
 */
export function readEntries(chunks: Chunks): EntryStream {
  return new Entries(chunks);
}

class Entries implements EntryStream {
  readonly #chunks: Chunks;
  /** Children of the feed that are not entries. */
  readonly #fields: XmlElement[] = [];
  #arrived: XmlElement[] = [];
  #isFeed = false;

  constructor(chunks: Chunks) {
    this.#chunks = chunks;
  }

  get feed(): AtomFeed | undefined {
    return this.#isFeed ? toFeed(this.#fields) : undefined;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<AtomEntry, void, undefined> {
    const reader = new DocumentReader({
      wants: (root) => this.#begin(root),
      take: (child) => this.#sort(child),
    });
    for await (const chunk of this.#chunks) {
      const fault = attempt(() => reader.push(chunk));
      for (const entry of this.#drain()) yield toEntry(entry);
      fault?.();
    }
    const fault = attempt(() => this.#finish(reader.end()));
    for (const entry of this.#drain()) yield toEntry(entry);
    fault?.();
  }

  /** The root has been opened; says whether its children are to be handed over. */
  #begin(root: XmlElement): boolean {
    if (isAtom(root, 'entry')) return false;
    refuseOther(root);
    this.#isFeed = true;
    return true;
  }

  #sort(child: XmlElement): void {
    if (isAtom(child, 'entry')) this.#arrived.push(child);
    else this.#fields.push(child);
  }

  #finish(root: XmlElement): void {
    if (!this.#isFeed) this.#arrived.push(root);
  }

  #drain(): XmlElement[] {
    const arrived = this.#arrived;
    this.#arrived = [];
    return arrived;
  }
}

/** Runs; what was thrown comes back as a function that throws it later. */
function attempt(action: () => void): (() => never) | undefined {
  try {
    action();
    return undefined;
  } catch (fault) {
    return () => {
      throw fault;
    };
  }
}
