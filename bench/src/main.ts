import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { readCapturedFeed } from './captures.js';
import { benchDriver } from './driver/driver-bench.js';
import { writeFeedFile } from './feed-file.js';
import { machine, machineLine } from './machine.js';
import { serveFeed } from './over-http.js';
import { benchSimulator } from './simulator/simulator-bench.js';
import { row, title } from './table.js';
import type { Measurement, Task } from './task.js';

/**
 * `npm run bench [-- feeds | simulator | driver] [--json]`: reads feeds of 1 to 1,000 entries and tells what it cost,
 * then what operations of the simulator and of the driver cost. Every measurement of a feed runs in a process of its
 * own, three times; the median by the CPU time of the first pass is told.
 */
const counts = [1, 10, 100, 1_000];
const runs = 3;
const parts = ['feeds', 'simulator', 'driver'] as const;
const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const wanted = parts.filter((part) => positionals.length === 0 || positionals.includes(part));
const unknown = positionals.filter((name) => !parts.some((part) => part === name));
if (unknown.length > 0)
  throw new Error(`there is no ${unknown.join(', ')} to measure, only ${parts.join(', ')}`);
const tell = (line: string): void => {
  if (values.json !== true) console.log(line);
};
const run = promisify(execFile);

const folder = await mkdtemp(join(tmpdir(), 'powervm-bench-'));
try {
  const here = machine();
  tell(machineLine(here));
  const measurements = wanted.includes('feeds') ? await benchFeeds() : undefined;
  const simulator = wanted.includes('simulator') ? await benchSimulator(tell) : undefined;
  const driver = wanted.includes('driver') ? await benchDriver(tell) : undefined;
  const all = { machine: here, runs, measurements, simulator, driver };
  if (values.json === true) console.log(JSON.stringify(all, undefined, 2));
} finally {
  await rm(folder, { recursive: true });
}

async function benchFeeds(): Promise<Measurement[]> {
  tell(title());
  const measurements: Measurement[] = [];
  for (const task of await tasks()) {
    const median = await measure(task);
    measurements.push(median);
    tell(row(median));
  }
  return measurements;
}

async function tasks(): Promise<Task[]> {
  const all: Task[] = [];
  for (const [feed, capture] of [
    ['lpar', 'lpar.txt'],
    ['vios', 'fake_vios_feed.txt'],
  ] as const) {
    const captured = readCapturedFeed(capture);
    for (const count of counts) {
      const file = join(folder, `${feed}-${count}.xml`);
      await writeFeedFile(file, captured, count);
      all.push({ feed, mode: 'stream', file }, { feed, mode: 'whole', file });
      if (feed === 'lpar') all.push({ feed, mode: 'http', file });
    }
  }
  return all;
}

async function measure(task: Task): Promise<Measurement> {
  const served = task.mode === 'http' ? await serveFeed(task.file) : undefined;
  try {
    const results: Measurement[] = [];
    for (let count = 0; count < runs; count += 1) {
      const given = JSON.stringify({ ...task, ...(served && { url: served.url }) });
      const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'measure.js'), given]);
      const result: Measurement = JSON.parse(stdout);
      results.push(result);
    }
    const [, median] = results.sort((a, b) => a.first.cpuMs - b.first.cpuMs);
    if (!median) throw new Error('fewer runs than expected');
    return median;
  } finally {
    served?.server.close();
  }
}
