import type { Call } from '../http/call.js';
import { escapeAttribute, escapeText } from '../render/xml.js';
import { nameUuid } from '../world/identity.js';

const ATOM =
  'xmlns="http://www.w3.org/2005/Atom" xmlns:ns2="http://a9.com/-/spec/opensearch/1.1/" xmlns:ns3="http://www.w3.org/1999/xhtml"';
const CONSOLE = 'IBM Power Systems Management Console';

/** An entry of the pcm service: other than uom's, without etag element (captures pcm_pref.txt, ltm_feed.txt). */
export interface PcmEntry {
  readonly title: string;
  readonly at: number;
  /** Link to a JSON document, with its category. */
  readonly file?: { readonly href: string; readonly category: string };
  readonly content?: string;
}

export function pcmFeed(
  call: Call,
  feed: {
    readonly id: string;
    readonly title: string;
    readonly subtitle: string;
    readonly entries: readonly PcmEntry[];
  },
): string {
  const updated = feed.entries.at(-1)?.at ?? call.world.clock.now();
  const query = call.query.size === 0 ? '' : `?${call.query}`;
  return (
    `<feed ${ATOM}><id>${feed.id}</id><updated>${time(updated)}</updated>` +
    `<title type="text">${feed.title}</title><subtitle type="text">${feed.subtitle}</subtitle>` +
    `<link rel="self" href="${escapeAttribute(`${call.console.url}${call.path}${query}`)}"/>` +
    `<generator uri="${CONSOLE}" version="1"/>${feed.entries.map(entry).join('')}</feed>`
  );
}

function entry({ title, at, file, content }: PcmEntry): string {
  const link =
    file === undefined
      ? ''
      : `<link type="application/vnd.ibm.powervm.pcm.json" href="${escapeAttribute(file.href)}"/>`;
  const category = file === undefined ? '' : `<category term="${file.category}"/>`;
  const body = content === undefined ? '' : `<content type="application/xml">${content}</content>`;
  return (
    `<entry><id>${nameUuid(`pcm/${title}/${at}`)}</id><updated>${time(at)}</updated>` +
    `<title type="text">${escapeText(title)}</title><published>${time(at)}</published>${link}` +
    `<author><name>${CONSOLE}</name></author>${category}${body}</entry>`
  );
}

const time = (at: number): string => new Date(at).toISOString();
