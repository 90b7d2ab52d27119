import { isTable, type Row, textOf, type Value } from './record.js';
import { columnsOf, tableText } from './table.js';

/** One record for people: a line for each value, then a table for each list of records. */
export function detailsText(record: Row): string {
  const entries = Object.entries(record);
  const plain = entries.filter(([, value]) => !isTable(value));
  const width = Math.max(0, ...plain.map(([key]) => key.length));
  const lines = plain.map(([key, value]) => `${key.padEnd(width)}  ${textOf(value)}\n`);
  return [lines.join(''), ...entries.map(([key, value]) => subtable(key, value))].join('');
}

function subtable(key: string, value: Value): string {
  if (!isTable(value)) return '';
  const lines = tableText(columnsOf(value), value).trimEnd().split('\n');
  return `\n${key}:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
