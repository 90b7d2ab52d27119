import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One captured response. */
export interface Capture {
  readonly name: string;
  /** Response headers by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Parts of files that hold several documents; `body` is the whole file then. */
  readonly sections: ReadonlyMap<string, string>;
  /** What another client read from the same bytes; undefined when there is no such file. */
  readonly expected: Expected | undefined;
}

/** The part of an expected file that is compared. */
export interface Expected {
  readonly kind: string;
  readonly entries?: readonly ExpectedObject[];
  readonly feed?: Readonly<Record<string, unknown>>;
  readonly sections?: Readonly<Record<string, string>>;
  readonly [other: string]: unknown;
}

export type ExpectedObject = Readonly<Record<string, unknown>>;

/**
 * The folder with `responses` and `expected`: POWERVM_CAPTURES, or `shared/captures` beside the repository;
 * undefined when neither is there.
 */
export function capturesFolder(): string | undefined {
  const given = process.env['POWERVM_CAPTURES'];
  if (given !== undefined && given !== '') return resolve(given);
  const beside = resolve(import.meta.dirname, '../../../../shared/captures');
  return existsSync(join(beside, 'responses')) ? beside : undefined;
}

/** Why the tests on captures are skipped, or false when they run. */
export function skipReason(): string | false {
  return (
    capturesFolder() === undefined &&
    'no captures: set POWERVM_CAPTURES to a folder with responses/ and expected/'
  );
}

export function readCaptures(folder: string): Capture[] {
  return readdirSync(join(folder, 'responses'))
    .sort()
    .map((name) => {
      const expected = join(folder, 'expected', `${name}.json`);
      return {
        ...parseCapture(readFileSync(join(folder, 'responses', name), 'utf8')),
        name,
        expected: existsSync(expected) ? parseExpected(readFileSync(expected, 'utf8')) : undefined,
      };
    });
}

function parseExpected(text: string): Expected {
  // WWPNs in metrics have more digits than a number holds; they keep them on both sides of the comparison.
  const exact = text.replace(/"wwpn_pair"\s*:\s*\[[^\]]*\]/g, (pair) => pair.replace(/\d+/g, '"$&"'));
  const parsed: unknown = JSON.parse(exact);
  if (typeof parsed !== 'object' || parsed === null || !('kind' in parsed))
    throw new Error('not an expected file');
  return { ...parsed, kind: String(parsed.kind) };
}

/** Takes a capture file apart (its format is told in the README beside the captures). */
function parseCapture(text: string): Omit<Capture, 'name' | 'expected'> {
  const section = (name: string) =>
    new RegExp(`^${name}\\{\\n([\\s\\S]*?)\\nEND OF SECTION\\}`, 'm').exec(text)?.[1];
  const body = section('BODY');
  if (body !== undefined)
    return { headers: pythonDictionary(section('HEADERS') ?? ''), body, sections: new Map() };
  const parts = text.matchAll(/^SECTION:(\S+)\n([\s\S]*?)^END OF SECTION$/gm);
  return {
    headers: {},
    body: text,
    sections: new Map([...parts].map(([, name = '', part = '']) => [name, part])),
  };
}

/** The entries with text values of a Python dictionary literal, keys in lower case. */
function pythonDictionary(literal: string): Record<string, string> {
  const pair = /'((?:[^'\\]|\\.)*)': (?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;
  const entries = [...literal.matchAll(pair)].map(([, key = '', single, double]) => [
    key.toLowerCase(),
    single ?? double ?? '',
  ]);
  return Object.fromEntries(entries);
}
