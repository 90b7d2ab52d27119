import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readCapturedFeed } from './captures.js';
import { benchDriver } from './driver/driver-bench.js';
import { writeFeedFile } from './feed-file.js';
import { serveFeed } from './over-http.js';
import { benchSimulator } from './simulator/simulator-bench.js';
import { row, title } from './table.js';
import type { Measurement, Task } from './task.js';

/**
 * `npm run bench [-- --json]`: reads feeds of 1 to 1,000 entries and tells what it cost, then what operations of the
 * driver and of the simulator cost. Every measurement of a feed runs in a process of its own, three times; the median
 * by the CPU time of the first pass is told.
 */
const counts = [1, 10, 100, 1_000];
const runs = 3;
const json = process.argv.includes('--json');
const run = promisify(execFile);

const folder = await mkdtemp(join(tmpdir(), 'powervm-bench-'));
try {
  if (!json) console.log(title());
  const measurements: Measurement[] = [];
  for (const task of await tasks()) {
    const median = await measure(task);
    measurements.push(median);
    if (!json) console.log(row(median));
  }
  const tell = (line: string): void => {
    if (!json) console.log(line);
  };
  const simulator = await benchSimulator(tell);
  const driver = await benchDriver(tell);
  const all = { node: process.version, runs, measurements, simulator, driver };
  if (json) console.log(JSON.stringify(all, undefined, 2));
} finally {
  await rm(folder, { recursive: true });
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
