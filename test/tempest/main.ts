import { writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Cloud } from '@openstack-powervm/deploy';
import { acquireStack, reasonToSkip } from '../openstack/support/stack.js';
import { capabilities, tellsOfVolumes } from './capabilities.js';
import { tempestConfig } from './configuration.js';
import { prepare } from './prepare.js';
import { reportPage, skipReasons, totals } from './report.js';
import type { TestResult } from './results.js';
import { isSetName, sets } from './sets.js';
import { reasonWithoutTempest, Tempest } from './tempest.js';

const usage = `usage: npm run test:tempest -- [--set NAME | --regex REGEX] [--workers N] [--report FILE]

${Object.entries(sets)
  .map(([name, { title }]) => `  --set ${name.padEnd(10)} ${title}`)
  .join('\n')}
  --regex REGEX    tests whose full name matches
  --workers N      at the same time (2)
  --report FILE    where the report page goes (log/tempest.md of the state directory)`;

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'core' },
    regex: { type: 'string' },
    workers: { type: 'string', default: '2' },
    report: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function show({ name, outcome, seconds, detail }: TestResult): void {
  const mark = { passed: '✓', failed: '✗', skipped: '–' }[outcome];
  print(`${mark} ${name}${outcome === 'skipped' ? `: ${detail}` : ` (${seconds.toFixed(1)} s)`}`);
}

async function run(): Promise<boolean> {
  const { set, regex, report } = values;
  if (!isSetName(set)) throw new Error(`there is no set ${set}\n\n${usage}`);
  const selected = regex === undefined ? sets[set] : { title: 'a selection', regex };
  const stack = await acquireStack(print);
  try {
    const { deployment } = stack;
    const tempest = new Tempest(deployment);
    const ground = await prepare(new Cloud(deployment), interrupted.signal);
    const volumes = tellsOfVolumes(selected.regex);
    await tempest.configure(tempestConfig(deployment, tempest.folder, ground, volumes.on));
    const started = performance.now();
    const results = await tempest.run({
      ...{ regex: selected.regex, workers: Number(values.workers), onResult: show },
      signal: interrupted.signal,
    });
    const minutes = (performance.now() - started) / 60_000;
    const machine = { cores: availableParallelism(), load: loadavg()[1] ?? 0 };
    const page = reportPage({
      ...selected,
      minutes,
      machine,
      results,
      capabilities: [...capabilities(), volumes],
    });
    const file = report ?? join(deployment.paths.log, 'tempest.md');
    await writeFile(file, page);
    print('\nSkipped, by reason:');
    for (const [reason, names] of skipReasons(results)) print(`  ${names.length} × ${reason}`);
    print(`\n${totals(results)} in ${minutes.toFixed(1)} minutes; report: ${file}`);
    return results.every(({ outcome }) => outcome !== 'failed');
  } finally {
    await stack.release();
  }
}

const obstacle = (await reasonToSkip()) ?? reasonWithoutTempest();
if (values.help) print(usage);
else if (obstacle !== undefined) print(`Tempest is skipped: ${obstacle}`);
else process.exitCode = (await run()) ? 0 : 1;
