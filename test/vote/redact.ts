/** What stands in a published file where a secret was. */
const mask = '***';

/** Names of options, fields and parameters whose values are nobody's business. */
const secretNames = String.raw`[\w.-]{0,40}(?:passw(?:or)?d|_pass|adminPass|secret|secret_key|private_key|auth_key|auth_token|api_key)`;

/** Secrets that are told by their surroundings, whoever made them up: Tempest makes users and keys of its own. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // An option in a configuration file.
  [new RegExp(String.raw`^(\s*${secretNames}\s*[=:]\s*)\S.*$`, 'i'), `$1${mask}`],
  // A field of a JSON document or a Python dictionary, also inside a quoted string.
  [
    new RegExp(String.raw`(\\?["']${secretNames}\\?["']\s*:\s*u?)(\\?["'])(?:(?!\2).)*\2`, 'gi'),
    `$1$2${mask}$2`,
  ],
  // A parameter on a command line or in a URL.
  [new RegExp(String.raw`((?:\b|%3F|%26)(?:${secretNames}|token)(?:=|%3D))[^\s&"'<>]+`, 'gi'), `$1${mask}`],
  [/(X-(?:Auth|Subject|Service)-Token\W{1,6})[\w-]{8,}/gi, `$1${mask}`],
  // Keystone's tokens: Fernet (its specification, "Token format": the version byte 0x80 comes first).
  [/gAAAA[\w-]{16,}={0,2}/g, mask],
  [/(\w:\/\/[^\s:@/]*:)[^\s@/]+@/g, `$1${mask}@`],
  [/(IDENTIFIED BY ')[^']*'/gi, `$1${mask}'`],
  [/(-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(?:(-----END)|$)/g, `$1${mask}$2`],
];

const keyBegins = /-----BEGIN [A-Z ]*PRIVATE KEY-----(?!.*-----END)/;
const keyEnds = /-----END [A-Z ]*PRIVATE KEY-----/;

/** A secret as it may be written: as it is, in a URL, in a JSON string. */
function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

/** Takes secrets out of text. */
export class Redactor {
  readonly #known: readonly string[];

  /** `known` are secrets to find wherever they stand. */
  constructor(known: readonly string[]) {
    const all = new Set(known.filter((secret) => secret !== '').flatMap(spellings));
    // The longest first: one may be the beginning of another.
    this.#known = [...all].toSorted((one, other) => other.length - one.length);
  }

  /** A reader of one file, line by line: a private key may go over many of them. */
  reader(): (line: string) => string {
    let inKey = false;
    return (line) => {
      if (inKey && !keyEnds.test(line)) return mask;
      inKey = keyBegins.test(line);
      return this.#clean(line);
    };
  }

  /** Whether a known secret stands in a text. */
  finds(text: string): boolean {
    return this.#known.some((secret) => text.includes(secret));
  }

  #clean(line: string): string {
    const unknown = this.#known.reduce((text, secret) => text.replaceAll(secret, mask), line);
    return patterns.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), unknown);
  }
}
