import type { BundledFile } from './bundle.js';
import type { Vote } from './decision.js';

/** What the first page of a bundle tells. */
export interface IndexPage {
  readonly subject: string;
  readonly at: Date;
  readonly vote: Vote;
  /** Totals in a line. */
  readonly totals: string;
  /** How many servers were on each host. */
  readonly servers: ReadonlyMap<string, number>;
  readonly failed: readonly { readonly name: string; readonly exception: string }[];
  readonly files: readonly BundledFile[];
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const html = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? '');

const items = (lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['<ul>', ...lines.map((line) => `<li>${html(line)}</li>`), '</ul>'];

/** The page that a browser shows when the bundle is unpacked on a web server. */
export function indexPage({ subject, at, vote, totals, servers, failed, files }: IndexPage): string {
  const hosts = [...servers].map(([host, count]) => `${count} servers on ${host}`);
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<title>${vote.value} ${html(subject)}</title>`,
    '<style>body{font:1rem/1.5 sans-serif;margin:2rem;max-width:60rem}td{padding:0 1rem 0 0}</style>',
    '</head><body>',
    `<h1>Vote: ${vote.value}</h1>`,
    `<p>Stock Tempest against stock OpenStack with ${html(subject)}, ${at.toISOString()}.</p>`,
    `<p>${html([totals, ...hosts].join('; '))}.</p>`,
    ...items(vote.reasons),
    ...(failed.length === 0 ? [] : ['<h2>Failed</h2>']),
    ...items(failed.map(({ name, exception }) => `${name}: ${exception}`)),
    '<h2>Files</h2>',
    '<table>',
    ...files.map(
      ({ name, bytes }) =>
        `<tr><td><a href="${encodeURI(name)}">${html(name)}</a></td><td>${bytes} bytes</td></tr>`,
    ),
    '</table>',
    '</body></html>',
    '',
  ].join('\n');
}
