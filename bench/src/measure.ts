import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readEntries, readFeed } from '@openstack-powervm/atom';
import { readOverHttp } from './over-http.js';
import { type Reader, readers } from './readers.js';
import type { Measurement, Pass, Task } from './task.js';

/** One measurement in a process of its own: `node measure.js TASK-AS-JSON`, answered with JSON. */
const passes = 7;
/** No further pass is begun after this; a feed that takes longer needs no warming up. */
const budgetMs = 3_000;

const task: Task = JSON.parse(process.argv[2] ?? '');
const done: Pass[] = [];
let count = { entries: 0, values: 0 };
for (let spent = 0; done.length < passes && spent < budgetMs; ) {
  const cpu = process.cpuUsage();
  const clock = performance.now();
  count = await read(task, readers[task.feed]);
  const wallMs = performance.now() - clock;
  const { user, system } = process.cpuUsage(cpu);
  // maxRSS is in kilobytes, and the highest so far
  const peakRssMb = process.resourceUsage().maxRSS / 1024;
  done.push({ wallMs, cpuMs: (user + system) / 1000, peakRssMb });
  spent += wallMs;
}
const first = done[0] ?? { wallMs: 0, cpuMs: 0, peakRssMb: 0 };
const later = done.slice(2).sort((a, b) => a.cpuMs - b.cpuMs);
const warm = later[Math.floor(later.length / 2)] ?? first;
const measurement: Measurement = {
  feed: task.feed,
  mode: task.mode,
  ...count,
  first,
  warm,
  firstEntriesPerSecond: (count.entries / first.wallMs) * 1000,
  warmEntriesPerSecond: (count.entries / warm.wallMs) * 1000,
  peakRssMb: done.at(-1)?.peakRssMb ?? first.peakRssMb,
};
console.log(JSON.stringify(measurement));

async function read({ mode, file, url }: Task, reader: Reader): Promise<{ entries: number; values: number }> {
  if (mode === 'http') return readOverHttp(url ?? '');
  let entries = 0;
  let values = 0;
  const take = ({ content }: { content?: Parameters<Reader>[0] }) => {
    entries += 1;
    if (content) values += reader(content);
  };
  if (mode === 'whole') readFeed(await readFile(file)).entries.forEach(take);
  else for await (const entry of readEntries(createReadStream(file))) take(entry);
  return { entries, values };
}
