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
  return `<entry ${ATOM}>${entryContent(parts)}</entry>`;
}

/** A feed is always complete: there is no pagination (protocol reference 2.2). */
export function renderFeed(feed: {
  readonly id: string;
  readonly self: string;
  readonly updated: number;
  readonly entries: readonly EntryParts[];
}): string {
  const entries = feed.entries.map((parts) => `<entry>${entryContent(parts)}</entry>`).join('');
  return (
    `<feed ${ATOM}><id>${feed.id}</id><updated>${new Date(feed.updated).toISOString()}</updated>` +
    `${link('SELF', feed.self)}<generator>${GENERATOR}</generator>${entries}</feed>`
  );
}

function entryContent(parts: EntryParts): string {
  const type = `application/vnd.ibm.powervm.${parts.service}+xml; type=${parts.title}`;
  return (
    `<id>${parts.id}</id><title>${parts.title}</title><published>${new Date(parts.published).toISOString()}</published>` +
    `${link('SELF', parts.self)}${link('MANAGEMENT_CONSOLE', parts.console)}<author><name>${GENERATOR}</name></author>` +
    `${etagElement(parts.etag)}<content type="${type}">${parts.content}</content>`
  );
}

function link(rel: string, href: string | undefined): string {
  return href === undefined ? '' : `<link rel="${rel}" href="${escapeAttribute(href)}"/>`;
}

/** The text has no blanks around it: clients do not trim (protocol reference 2.3). */
function etagElement(etag: string | undefined): string {
  if (etag === undefined) return '';
  return `<etag:etag xmlns:etag="${namespaces.uom}" xmlns="${namespaces.uom}">${etag}</etag:etag>`;
}
