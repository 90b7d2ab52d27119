import { Command } from 'commander';
import { jobByNumber, jobDetails, jobRow, jobsOf, jobTargets } from '../inspect/jobs.js';
import { theOne } from '../inspect/look-up.js';
import { type ScopeFlags, withScope } from '../inspect/open-scope.js';
import type { Scope } from '../inspect/scope.js';
import { withScopeFlags } from '../inspect/scope-flags.js';
import { type Manual, withManual } from '../manual.js';
import { detailsText } from '../output/details.js';
import { type Column, jsonList, jsonOf, type Row } from '../output/record.js';
import { tableText } from '../output/table.js';
import { writeOut } from '../output/writer.js';

interface Flags extends ScopeFlags {
  readonly json?: true;
  readonly all?: true;
}

const columns: readonly Column[] = [
  { key: 'id', title: 'ID' },
  { key: 'operation', title: 'OPERATION' },
  { key: 'object', title: 'OBJECT' },
  { key: 'status', title: 'STATUS' },
  { key: 'started', title: 'STARTED' },
  { key: 'seconds', title: 'SECONDS' },
];

const listManual: Manual = {
  notes:
    'Jobs are deleted by whoever started them, so a list shows those that run and those left behind. Each object\n' +
    'costs a request: without --all, client partitions are left out.',
  examples: [
    ['powervm job list', 'jobs of systems and Virtual I/O Servers'],
    ['powervm job list vios1', 'jobs of one object'],
  ],
};

const showManual: Manual = {
  examples: [['powervm job show 1375391227297', 'status, parameters and results of one job']],
};

/** `powervm job`: long operations of the console. */
export function jobCommand(): Command {
  const command = new Command('job')
    .description('list and show jobs, which are the long operations of a REST server')
    .addCommand(listCommand())
    .addCommand(showCommand());
  return withManual(command, { examples: [...listManual.examples, ...showManual.examples] });
}

function listCommand(): Command {
  const command = new Command('list')
    .description('list the jobs that the REST server remembers')
    .argument('[object]', 'only those of this partition, VIOS or system, by name or UUID');
  withScopeFlags(command).option('--all', 'those of client partitions too');
  return withManual(command, listManual).action((object: string | undefined, flags: Flags) =>
    withScope(flags, 'job list', async (scope) => {
      const rows = await rowsOf(scope, object, flags.all ?? false);
      await writeOut(flags.json ? jsonList(rows) : tableText(columns, rows));
    }),
  );
}

async function rowsOf(scope: Scope, object: string | undefined, all: boolean): Promise<Row[]> {
  const targets =
    object === undefined
      ? jobTargets(scope, all)
      : [await theOne(jobTargets(scope, true), object, 'object', ({ id, name }) => [id, name])];
  const rows: Row[] = [];
  for await (const target of targets)
    for (const job of await jobsOf(target, scope)) rows.push(jobRow(job, target.name));
  return rows.sort((a, b) => Number(a['id']) - Number(b['id']));
}

function showCommand(): Command {
  const command = new Command('show')
    .description('show one job with its parameters and results')
    .argument('<id>', 'number of the job');
  return withManual(withScopeFlags(command), showManual).action((id: string, flags: Flags) =>
    withScope(flags, 'job show', async (scope) => {
      const job = await jobByNumber(id, scope);
      const record = { ...jobRow(job, job.requestURL), ...jobDetails(job) };
      await writeOut(flags.json ? `${jsonOf(record, 2)}\n` : detailsText(record));
    }),
  );
}
