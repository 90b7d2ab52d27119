/** Section → key → values in file order. A key that is repeated has several values. */
export type Sections = Map<string, Map<string, string[]>>;

/** A line that the grammar refuses. The line's text is left out on purpose: it may hold a password. */
export class ConfigSyntaxError extends Error {
  override readonly name = 'ConfigSyntaxError';
  constructor(
    readonly line: number,
    readonly problem: string,
  ) {
    super(`line ${line}: ${problem}`);
  }
}

interface Assignment {
  /** The line it starts on, counted from 1. */
  readonly number: number;
  readonly key: string;
  readonly lines: string[];
}

/**
 * Reads the text of an oslo.config file. The grammar is that of `oslo_config.iniparser` and differs from other
 * INI dialects: whichever of `=` and `:` comes first separates, one pair of matching quotes is stripped, a line
 * that starts with white space continues the previous value, a blank line ends it, and comments stand only at
 * the start of a line. A test compares this parser with the real one.
 */
export function parseConfig(text: string): Sections {
  const sections: Sections = new Map();
  let section: Map<string, string[]> | undefined;
  let pending: Assignment | undefined;
  let number = 0;

  const flush = (): void => {
    if (pending === undefined) return;
    if (section === undefined)
      throw new ConfigSyntaxError(pending.number, 'an option stands before any [section]');
    const values = section.get(pending.key) ?? [];
    values.push(pending.lines.join('\n'));
    section.set(pending.key, values);
    pending = undefined;
  };

  for (const raw of text.split(/\r\n|\n|\r/)) {
    number += 1;
    const line = raw.trimEnd();
    if (line === '') {
      flush();
    } else if (line.startsWith(' ') || line.startsWith('\t')) {
      if (pending === undefined) throw new ConfigSyntaxError(number, 'a continuation line continues nothing');
      pending.lines.push(line.trimStart());
    } else {
      flush();
      if (line.startsWith('[')) section = openSection(sections, line, number);
      else if (!line.startsWith('#') && !line.startsWith(';')) pending = splitAssignment(line, number);
    }
  }
  flush();
  return sections;
}

/** Group names are case-insensitive, except that `DEFAULT` must be upper case. */
export function normalizeGroup(name: string): string {
  return name === 'DEFAULT' ? name : name.toLowerCase();
}

function openSection(sections: Sections, line: string, number: number): Map<string, string[]> {
  if (!line.endsWith(']')) throw new ConfigSyntaxError(number, 'a section must end with ]');
  if (line.length <= 2) throw new ConfigSyntaxError(number, 'a section needs a name');
  const name = normalizeGroup(line.slice(1, -1));
  const section = sections.get(name) ?? new Map<string, string[]>();
  sections.set(name, section);
  return section;
}

function splitAssignment(line: string, number: number): Assignment {
  const separator = line.search(/[:=]/);
  if (separator < 0) throw new ConfigSyntaxError(number, 'an option needs = or : between name and value');
  const key = line.slice(0, separator).trim();
  if (key === '') throw new ConfigSyntaxError(number, 'an option needs a name');
  return { number, key, lines: [unquote(line.slice(separator + 1).trim())] };
}

function unquote(value: string): string {
  const quoted = (value.startsWith('"') || value.startsWith("'")) && value.at(0) === value.at(-1);
  return quoted ? value.slice(1, -1) : value;
}
