/**
 * How the text of an option becomes a value. `parse` throws an Error whose message completes the sentence
 * “the value …”; the option's name and file are added by the reader.
 */
export interface OptionType<T> {
  /** For messages: “an integer”, “a boolean” … */
  readonly description: string;
  parse(text: string): T;
}

export interface Range {
  readonly min?: number;
  readonly max?: number;
}

export const string: OptionType<string> = { description: 'a string', parse: (text) => text };

const TRUE = new Set(['true', '1', 'on', 'yes']);
const FALSE = new Set(['false', '0', 'off', 'no']);

/** `true`, `1`, `on`, `yes` and their opposites in any case, nothing else. */
export const boolean: OptionType<boolean> = {
  description: 'a boolean',
  parse(text) {
    const word = text.toLowerCase();
    if (TRUE.has(word)) return true;
    if (FALSE.has(word)) return false;
    throw new Error('must be true or false');
  },
};

/** Python allows single underscores between digits. */
const DIGITS = '\\d+(?:_\\d+)*';
const INTEGER = new RegExp(`^[+-]?${DIGITS}$`);
const FLOAT = new RegExp(`^[+-]?(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:e[+-]?${DIGITS})?$`, 'i');

export function integer(range: Range = {}): OptionType<number> {
  return number('an integer', INTEGER, range);
}

export function float(range: Range = {}): OptionType<number> {
  return number('a number', FLOAT, range);
}

/** Comma-separated; blanks around items and a trailing comma do not count. */
export const list: OptionType<readonly string[]> = {
  description: 'a list',
  parse(text) {
    const trimmed = text.trim().replace(/,+$/, '');
    return trimmed === '' ? [] : trimmed.split(',').map((item) => item.trim());
  },
};

export function choice<const T extends string>(...values: readonly T[]): OptionType<T> {
  return {
    description: `one of ${values.join(', ')}`,
    parse(text) {
      const found = values.find((value) => value === text);
      if (found === undefined) throw new Error(`must be one of ${values.join(', ')}`);
      return found;
    },
  };
}

function number(description: string, syntax: RegExp, { min, max }: Range): OptionType<number> {
  return {
    description,
    parse(text) {
      const trimmed = text.trim();
      if (!syntax.test(trimmed)) throw new Error(`must be ${description}`);
      const value = Number(trimmed.replaceAll('_', ''));
      if (min !== undefined && value < min) throw new Error(`must be at least ${min}`);
      if (max !== undefined && value > max) throw new Error(`must be at most ${max}`);
      return value;
    },
  };
}
