/** A value of a record, as JSON has it; `undefined` is written as null, so that a record always has all its keys. */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | { readonly [key: string]: Value };

/** What is shown of one object. The keys are the JSON's and stay as they are; units are part of the key. */
export type Row = { readonly [key: string]: Value };

/** One column of a table. */
export interface Column {
  /** Key of the value in the record. */
  readonly key: string;
  readonly title: string;
  /** Shown only when the rows come from several systems. */
  readonly whenSeveral?: true;
}

/** JSON of a record or of a list of them, for programs. */
export function jsonOf(value: Value, indent?: number): string {
  return JSON.stringify(value, (_key, each: unknown) => each ?? null, indent);
}

/** JSON of a list, one record a line, so that it can be read line by line as well as whole. */
export function jsonList(rows: readonly Row[]): string {
  return rows.length === 0 ? '[]\n' : `[\n${rows.map((row) => jsonOf(row)).join(',\n')}\n]\n`;
}

/** A value in a cell of a table. */
export function textOf(value: Value): string {
  if (value === undefined || value === null || value === '') return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.length === 0 ? '-' : value.map(textOf).join(',');
  return Object.entries(value)
    .map(([key, each]) => `${key}=${textOf(each)}`)
    .join(' ');
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is a list of records, which is shown as a table of its own. */
export function isTable(value: Value): value is readonly Row[] {
  return (
    isList(value) && value.length > 0 && value.every((each) => typeof each === 'object' && !isList(each))
  );
}
