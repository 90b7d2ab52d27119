/** Character classes of XML 1.0 (fifth edition, sections 2.2 and 2.3). */

const start =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const name = `[${start}][${start}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*`;

/** Matches one name at `lastIndex`. A fresh expression per owner, because `lastIndex` is state. */
export function nameAt(): RegExp {
  return new RegExp(name, 'uy');
}

const wholeName = new RegExp(`^${name}$`, 'u');

export function isName(text: string): boolean {
  return wholeName.test(text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const forbiddenNarrow = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Index of the first character that XML cannot carry, or -1. `wellFormed` says that surrogates are known to be paired. */
export function forbiddenCharacter(text: string, wellFormed: boolean): number {
  const narrow = text.search(forbiddenNarrow);
  if (narrow !== -1 || wellFormed) return narrow;
  return text.search(loneSurrogate);
}

/** Whether a character reference may denote this code point. */
export function isXmlCharacter(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 0x9 || codePoint === 0xa || codePoint === 0xd;
  if (codePoint <= 0xd7ff) return true;
  return (codePoint >= 0xe000 && codePoint <= 0xfffd) || (codePoint >= 0x10000 && codePoint <= 0x10ffff);
}
