import { type Feature, features, type Support } from './features.js';

const words: Readonly<Record<Support, string>> = {
  complete: 'yes',
  partial: 'partly',
  missing: 'not yet',
  refused: 'no',
};

/** The support matrix as a Markdown page. */
export function supportMatrix(): string {
  const lines = features.map(row);
  return `# Support matrix

What the driver does, what it does not do yet, and what it will not do and why. Nova answers a call that is not
supported with its standard "not implemented". The page is generated:
\`node packages/compute/dist/support/generate.js\`.

| Row | Feature | Supported | Limits or reason |
|---|---|---|---|
${lines.join('\n')}
`;
}

function row({ id, title, support, note }: Feature): string {
  return `| ${id} | ${title} | ${words[support]} | ${note} |`;
}
