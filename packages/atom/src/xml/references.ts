import { forbiddenCharacter, isXmlCharacter } from './characters.js';
import { XmlError, type XmlErrorCode } from './error.js';

const predefined = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** A fault in a raw text: what, and at which index of that text. */
export interface ReferenceFault {
  readonly code: XmlErrorCode;
  readonly index: number;
  readonly detail: string;
}

/** The first wrong reference of a raw text, if any. */
export function faultyReference(raw: string): ReferenceFault | undefined {
  for (let at = raw.indexOf('&'); at !== -1; at = raw.indexOf('&', at + 1)) {
    const found = /^&(?:#(\d{1,8})|#x([0-9a-fA-F]{1,7})|([A-Za-z_:][\w:.-]*));/.exec(raw.slice(at, at + 70));
    if (!found) return { code: 'XML_BARE_AMPERSAND', index: at, detail: raw.slice(at, at + 12) };
    const [whole, decimal, hexadecimal, name] = found;
    if (name === undefined) {
      if (!isXmlCharacter(codePointOf(decimal, hexadecimal)))
        return { code: 'XML_CONTROL_CHARACTER', index: at, detail: whole };
    } else if (!predefined.has(name)) return { code: 'XML_UNDEFINED_ENTITY', index: at, detail: whole };
  }
  return undefined;
}

function codePointOf(decimal: string | undefined, hexadecimal: string | undefined): number {
  return decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
}

function resolve(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (_, decimal, hexadecimal, name) =>
    name === undefined
      ? String.fromCodePoint(codePointOf(decimal, hexadecimal))
      : (predefined.get(String(name)) ?? ''),
  );
}

/** The characters that raw element text stands for: line ends become `\n` first (XML 1.0, 2.11), then references resolve. */
export function decodeText(raw: string): string {
  return resolve(raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw);
}

/** The characters that a raw attribute value stands for: white space becomes blanks (XML 1.0, 3.3.3). */
export function decodeAttribute(raw: string): string {
  return resolve(/[\t\n\r]/.test(raw) ? raw.replace(/\r\n|[\t\n\r]/g, ' ') : raw);
}

const textEscapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\r', '&#13;'],
]);

/** Raw text for the given characters. Throws XML_CONTROL_CHARACTER for what XML cannot carry. */
export function encodeText(value: string): string {
  refuseForbidden(value);
  return value.replace(/[&<>\r]/g, (character) => textEscapes.get(character) ?? character);
}

/** Raw attribute value, to be put in the given quotes. Throws XML_CONTROL_CHARACTER for what XML cannot carry. */
export function encodeAttribute(value: string, quote: '"' | "'"): string {
  refuseForbidden(value);
  return value.replace(/[&<>\t\n\r"']/g, (character) => {
    if (character === '"') return quote === '"' ? '&quot;' : '"';
    if (character === "'") return quote === "'" ? '&apos;' : "'";
    return textEscapes.get(character) ?? `&#${character.charCodeAt(0)};`;
  });
}

/** Throws when a value to be written holds a character that XML cannot carry, even as a reference. */
export function refuseForbidden(value: string): void {
  const at = forbiddenCharacter(value, false);
  if (at === -1) return;
  const position = { line: 1, column: at + 1, offset: at };
  throw new XmlError(
    'XML_CONTROL_CHARACTER',
    position,
    `character ${value.charCodeAt(at)} of a value to be written`,
  );
}
