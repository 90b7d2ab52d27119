/** One attribute as it stands in a start tag. */
export interface RawAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  /** Everything from the end of the previous attribute up to and including this one, white space first. */
  readonly raw: string;
  /** Between the quotes, references unresolved. */
  readonly rawValue: string;
  readonly quote: '"' | "'";
}

/**
 * A start tag taken apart. Immutable and shared: a console repeats a few hundred different tags
 * (`<PartitionName kb="CUR" kxe="false">`) thousands of times.
 */
export interface StartTag {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  /** The text between `<` and `>`, without the slash of a self-closing tag. */
  readonly raw: string;
  readonly attributes: readonly RawAttribute[];
  /** White space before `>` or `/>`. */
  readonly trailing: string;
  readonly selfClosing: boolean;
  /** Namespace declarations, prefix → namespace, '' for the default; undefined when there are none. */
  readonly declarations: ReadonlyMap<string, string> | undefined;
  /** Whether an attribute other than a declaration has a prefix. */
  readonly prefixedAttributes: boolean;
}

/** Splits `prefix:local`; the prefix is '' when there is none. */
export function splitName(name: string): { prefix: string; local: string } {
  const colon = name.indexOf(':');
  if (colon === -1) return { prefix: '', local: name };
  return { prefix: name.slice(0, colon), local: name.slice(colon + 1) };
}

/** Whether the attribute declares a namespace. */
export function isDeclaration(attribute: { readonly name: string; readonly prefix: string }): boolean {
  return attribute.prefix === 'xmlns' || attribute.name === 'xmlns';
}
