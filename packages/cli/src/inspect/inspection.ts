import { Command } from 'commander';
import { type Manual, withManual } from '../manual.js';
import { detailsText } from '../output/details.js';
import { type Column, jsonList, jsonOf, type Row } from '../output/record.js';
import { tableText } from '../output/table.js';
import { writeOut } from '../output/writer.js';
import { theOne } from './look-up.js';
import { type ScopeFlags, withScope } from './open-scope.js';
import type { Scope } from './scope.js';
import { withScopeFlags } from './scope-flags.js';

/** A kind of object that operators list and show. */
export interface Inspection<Item> {
  /** The command's name. */
  readonly name: string;
  /** One of them, in a sentence. */
  readonly noun: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** What KEY may be, for the help. */
  readonly key: string;
  readonly listManual: Manual;
  readonly showManual: Manual;
  /** All of them, one at a time: a console may have thousands. */
  list(scope: Scope): AsyncIterable<Item>;
  /** What KEY is compared with. */
  identifiersOf(item: Item): readonly (string | number | undefined)[];
  /** What a list shows. */
  summary(item: Item): Row;
  /** What `show` adds to it. */
  details(item: Item, scope: Scope): Promise<Row>;
}

interface Flags extends ScopeFlags {
  readonly json?: true;
}

/** The command of an inspection, with `list` and `show` below it. */
export function inspectionCommand<Item>(inspection: Inspection<Item>): Command {
  const command = new Command(inspection.name).description(inspection.description);
  command.addCommand(listCommand(inspection)).addCommand(showCommand(inspection));
  return withManual(command, {
    examples: [...inspection.listManual.examples, ...inspection.showManual.examples],
  });
}

function listCommand<Item>(inspection: Inspection<Item>): Command {
  const command = new Command('list').description(`list every ${inspection.noun}`);
  return withManual(withScopeFlags(command), inspection.listManual).action((flags: Flags) =>
    withScope(flags, `${inspection.name} list`, async (scope) => {
      const rows: Row[] = [];
      for await (const item of inspection.list(scope)) rows.push(inspection.summary(item));
      rows.sort(inOrder(inspection.columns));
      await writeOut(flags.json ? jsonList(rows) : tableText(await shown(inspection.columns, scope), rows));
    }),
  );
}

function showCommand<Item>(inspection: Inspection<Item>): Command {
  const { name, noun, key } = inspection;
  const command = new Command('show').description(`show one ${noun}`).argument('<key>', key);
  return withManual(withScopeFlags(command), inspection.showManual).action((wanted: string, flags: Flags) =>
    withScope(flags, `${name} show`, async (scope) => {
      const item = await theOne(inspection.list(scope), wanted, noun, inspection.identifiersOf);
      const record = { ...inspection.summary(item), ...(await inspection.details(item, scope)) };
      await writeOut(flags.json ? `${jsonOf(record, 2)}\n` : detailsText(record));
    }),
  );
}

async function shown(columns: readonly Column[], scope: Scope): Promise<readonly Column[]> {
  const several = (await scope.systems()).length > 1;
  return columns.filter(({ whenSeveral }) => several || whenSeveral === undefined);
}

/** Consoles answer in any order; people and scripts want the same one every time. */
function inOrder(columns: readonly Column[]): (a: Row, b: Row) => number {
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  return (a, b) => {
    for (const { key } of columns) {
      const difference = compare(String(a[key] ?? ''), String(b[key] ?? ''));
      if (difference !== 0) return difference;
    }
    return 0;
  };
}
