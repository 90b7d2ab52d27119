/** How a value is written (protocol reference 2.7). */
export interface Codec<T> {
  /** Completes "is not …" in an error. */
  readonly expected: string;
  /** Undefined when the text is not of this type. */
  parse(text: string): T | undefined;
  /** Undefined when the value is not of this type. */
  format(value: T): string | undefined;
}

export const textCodec: Codec<string> = {
  expected: 'a text',
  parse: (text) => text,
  format: (value) => (typeof value === 'string' ? value : undefined),
};

/** Servers and clients write lower case; any case is read. */
export const flagCodec: Codec<boolean> = {
  expected: 'true or false',
  parse: (text) => {
    const lower = text.toLowerCase();
    return lower === 'true' ? true : lower === 'false' ? false : undefined;
  },
  format: (value) => (typeof value === 'boolean' ? String(value) : undefined),
};

export const integerCodec: Codec<number> = {
  expected: 'an integer',
  parse: (text) => (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined),
  format: (value) => (Number.isSafeInteger(value) ? String(value) : undefined),
};

/** Processor units are written with two decimals, sizes in GB with six. */
export function decimalCodec(digits: number): Codec<number> {
  return {
    expected: 'a number',
    parse: (text) => (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined),
    format: (value) => (Number.isFinite(value) ? value.toFixed(digits) : undefined),
  };
}

/** `2.0%` reads as 2 and is written `2.00%`. */
export const percentCodec: Codec<number> = {
  expected: 'a percentage',
  parse: (text) => (/^\d+(\.\d+)?%$/.test(text) ? Number(text.slice(0, -1)) : undefined),
  format: (value) => (Number.isFinite(value) ? `${value.toFixed(2)}%` : undefined),
};
