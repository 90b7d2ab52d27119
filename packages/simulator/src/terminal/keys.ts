/** Keysyms of keys that are no printable characters (RFC 6143, section 7.5.4). */
const named: Readonly<Record<number, string>> = {
  65288: '\b',
  65289: '\t',
  65293: '\r',
  65421: '\r',
  65307: '\u001b',
};

/** What a pressed key types; '' for keys that type nothing. */
export function characterOf(keysym: number): string {
  if (keysym >= 0x20 && keysym <= 0x7e) return String.fromCodePoint(keysym);
  return named[keysym] ?? '';
}
