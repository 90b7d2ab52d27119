/**
 * Replaces `$name`, `${name}` and `${group.name}` with other options' values, as oslo.config does with Python's
 * `string.Template`: `$$` and `\$` stand for a dollar sign, a dollar sign before anything else stays.
 * `look` returns undefined for an option that nobody has set; then `UnknownReference` is thrown.
 */
export function substitute(text: string, look: (name: string) => string | undefined): string {
  const pattern = /\$(?:(?<escaped>\$)|(?<named>[_a-z][._a-z0-9]*)|\{(?<braced>[_a-z][._a-z0-9]*)\})/gi;
  return text.replaceAll('\\$', '$$$$').replace(pattern, (whole, ...rest) => {
    const groups: Record<string, string | undefined> = rest.at(-1);
    if (groups['escaped'] !== undefined) return '$';
    const name = groups['named'] ?? groups['braced'] ?? '';
    const value = look(name);
    if (value === undefined) throw new UnknownReference(whole);
    return value;
  });
}

export class UnknownReference extends Error {
  override readonly name = 'UnknownReference';
  constructor(reference: string) {
    super(`refers to ${reference}, which is not set (write $$ for a dollar sign)`);
  }
}
