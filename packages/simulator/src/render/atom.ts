import { escapeAttribute, namespaces } from './xml.js';

const ATOM =
  'xmlns="http://www.w3.org/2005/Atom" xmlns:ns2="http://a9.com/-/spec/opensearch/1.1/" xmlns:ns3="http://www.w3.org/1999/xhtml"';
const GENERATOR = 'IBM Power Systems Management Console';

/** One Atom entry (protocol reference 2.3). */
export interface EntryParts {
  readonly id: string;
  /** The type's name. */
  readonly title: string;
  readonly service: keyof typeof namespaces;
  /** SELF link; web entries may have none. */
  readonly self: string | undefined;
  /** Signed integer as text; web entries have none. */
  readonly etag: string | undefined;
  /** MANAGEMENT_CONSOLE link of single entries. */
  readonly console?: string | undefined;
  readonly published: number;
  /** The object's element. */
  readonly content: string;
}

export function renderEntry(parts: EntryParts): string {
  return [`<entry ${ATOM}>`, ...entryPieces(parts)].join('');
}

/** A feed is always complete: there is no pagination (protocol reference 2.2). */
export function renderFeed(feed: {
  readonly id: string;
  readonly self: string;
  readonly updated: number;
  readonly entries: readonly EntryParts[];
}): string {
  const head =
    `<feed ${ATOM}><id>${feed.id}</id><updated>${new Date(feed.updated).toISOString()}</updated>` +
    `${link('SELF', feed.self)}<generator>${GENERATOR}</generator>`;
  // Joined in one step: a feed of 1,000 partitions has eleven megabytes, which no intermediate step should copy.
  return [head, ...feed.entries.flatMap((parts) => ['<entry>', ...entryPieces(parts)]), '</feed>'].join('');
}

/** What follows an entry's start tag. */
function entryPieces(parts: EntryParts): string[] {
  const type = `application/vnd.ibm.powervm.${parts.service}+xml; type=${parts.title}`;
  const head =
    `<id>${parts.id}</id><title>${parts.title}</title><published>${new Date(parts.published).toISOString()}</published>` +
    `${link('SELF', parts.self)}${link('MANAGEMENT_CONSOLE', parts.console)}<author><name>${GENERATOR}</name></author>` +
    `${etagElement(parts.etag)}<content type="${type}">`;
  return [head, parts.content, '</content></entry>'];
}

function link(rel: string, href: string | undefined): string {
  return href === undefined ? '' : `<link rel="${rel}" href="${escapeAttribute(href)}"/>`;
}

/** The text has no blanks around it: clients do not trim (protocol reference 2.3). */
function etagElement(etag: string | undefined): string {
  if (etag === undefined) return '';
  return `<etag:etag xmlns:etag="${namespaces.uom}" xmlns="${namespaces.uom}">${etag}</etag:etag>`;
}
