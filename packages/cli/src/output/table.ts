import { type Column, type Row, textOf, type Value } from './record.js';

/** A table for people: a title line and one line for each row; numbers stand to the right. */
export function tableText(columns: readonly Column[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map(({ key }) => textOf(row[key])));
  const widths = columns.map(({ title }, column) =>
    Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const numeric = columns.map(({ key }) => isNumeric(rows.map((row) => row[key])));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, column) => pad(text, widths[column] ?? 0, numeric[column] ?? false))
      .join('  ')
      .trimEnd();
  return [columns.map(({ title }) => title), ...cells].map((texts) => `${line(texts)}\n`).join('');
}

/** The columns of rows that nobody has declared columns for: their keys. */
export function columnsOf(rows: readonly Row[]): Column[] {
  const keys = new Set(rows.flatMap((row) => Object.keys(row)));
  return [...keys].map((key) => ({ key, title: key }));
}

function isNumeric(values: readonly Value[]): boolean {
  const present = values.filter((value) => value !== undefined && value !== null);
  return present.length > 0 && present.every((value) => typeof value === 'number');
}

function pad(text: string, width: number, toTheRight: boolean): string {
  return toTheRight ? text.padStart(width) : text.padEnd(width);
}
