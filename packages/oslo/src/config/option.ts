import type { OptionType } from './types.js';

/** An option that a program reads, declared once: where it stands, its type and its default. */
export interface Option<T> {
  readonly group: string;
  readonly name: string;
  readonly type: OptionType<T>;
  /** Taken when no file sets the option, or when a number is set to nothing. */
  readonly default: T;
  /** Older places that are still read when the new one is not set. */
  readonly deprecated?: readonly { readonly group: string; readonly name: string }[];
  /** The value never appears in an error. */
  readonly secret?: boolean;
  /** What it does, for the sample file and the documentation. */
  readonly help?: string;
}

/** Declares an option; `group` is `DEFAULT` for options outside any group. */
export function option<T>(
  group: string,
  name: string,
  type: OptionType<T>,
  defaultValue: T,
  more: Pick<Option<T>, 'deprecated' | 'secret' | 'help'> = {},
): Option<T> {
  return { group, name, type, default: defaultValue, ...more };
}
