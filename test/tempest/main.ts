import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { administratorAccess, baseEnvironment, Cloud } from '@openstack-powervm/deploy';
import { acquireFakeDriverStack, acquireStack, reasonToSkip } from '../openstack/support/stack.js';
import { prepare } from './prepare.js';
import { failures, reportPage, resultsOf, skipReasons, totals } from './report.js';
import { print, show } from './results.js';
import { runSets } from './run.js';
import { selectSets, sets } from './sets.js';
import { reasonWithoutTempest, Tempest, tempestFolder } from './tempest.js';

const usage = `usage: npm run test:tempest -- [--set NAME … | --regex REGEX] [--workers N] [--report FILE] [--fake-driver]

${Object.entries(sets)
  .map(([name, { title }]) => `  --set ${name.padEnd(10)} ${title}`)
  .join('\n')}
  --regex REGEX    tests whose full name matches
  --workers N      at the same time (2)
  --report FILE    where the report page goes (log/tempest.md of the state directory)
  --fake-driver    the same OpenStack with Nova's own fake driver: whether a failure is ours`;

const { values } = parseArgs({
  options: {
    set: { type: 'string', multiple: true },
    regex: { type: 'string' },
    workers: { type: 'string', default: '2' },
    report: { type: 'string' },
    'fake-driver': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

async function run(): Promise<boolean> {
  const { signal } = interrupted;
  const selected = selectSets(values);
  const driver = values['fake-driver'] ? "Nova's fake driver" : 'the PowerVM driver';
  const stack = await (values['fake-driver'] ? acquireFakeDriverStack : acquireStack)(print);
  try {
    const { deployment } = stack;
    const tempest = new Tempest(tempestFolder(deployment), baseEnvironment(deployment));
    const access = administratorAccess(deployment);
    const ground = await prepare(new Cloud(access), signal);
    const site = { access, ground, buildTimeout: 180 };
    const subject = `${driver} on a simulated system`;
    const options = { subject, workers: Number(values.workers), onResult: show, signal };
    const finished = await runSets(tempest, site, selected, options);
    const results = resultsOf(finished);
    const file = values.report ?? join(deployment.paths.log, 'tempest.md');
    await writeFile(file, reportPage(finished));
    print('\nSkipped, by reason:');
    for (const [reason, names] of skipReasons(results)) print(`  ${names.length} × ${reason}`);
    const minutes = finished.parts.reduce((sum, part) => sum + part.minutes, 0);
    print(`\n${totals(results)} in ${minutes.toFixed(1)} minutes; report: ${file}`);
    return failures(results).length === 0;
  } finally {
    await stack.release();
  }
}

const obstacle = (await reasonToSkip()) ?? reasonWithoutTempest();
if (values.help) print(usage);
else if (obstacle !== undefined) print(`Tempest is skipped: ${obstacle}`);
else process.exitCode = (await run()) ? 0 : 1;
