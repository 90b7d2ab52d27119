import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { WorldSnapshot } from '@openstack-powervm/simulator';
import { residentMb } from '../driver/tasks.js';
import { bytesOf, closeConnections, logOn } from './wire.js';

/** One figure of the simulator. */
export interface SimulatorFigure {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | '/s' | 'MB';
  /** What it should at most, or for a rate at least, be. */
  readonly aim: number;
  /** CPU time of the simulator for it, seconds: what `value` would hardly be above on an idle machine. */
  readonly cpu?: number | undefined;
}

const command = join(import.meta.dirname, '../../../packages/cli/dist/main.js');
const partitions = 1000;
const quickReads = 2000;
const readers = 8;

/** What `powervm simulate` costs with 1,000 partitions and 2,000 mappings, in a process of its own. */
export async function benchSimulator(tell: (line: string) => void): Promise<SimulatorFigure[]> {
  tell(`simulator with ${partitions} partitions and ${2 * partitions} mappings`);
  const figures: SimulatorFigure[] = [];
  const add = (figure: SimulatorFigure): void => {
    figures.push(figure);
    tell(line(figure));
  };
  const started = performance.now();
  const simulator = spawn(
    process.execPath,
    [
      command,
      'simulate',
      '--site',
      'one-host',
      '--partitions',
      `${partitions}`,
      '--seed',
      '1',
      '--port',
      '0',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const url = await readyUrl(simulator);
    const pid = simulator.pid ?? 0;
    const value = seconds(performance.now() - started);
    add({ what: 'start', value, unit: 's', aim: 5, cpu: cpuSeconds(pid) });
    await measure(url, pid, add);
  } finally {
    closeConnections();
    simulator.kill();
    await once(simulator, 'exit');
  }
  return figures;
}

type Add = (figure: SimulatorFigure) => void;

async function measure(url: string, pid: number, add: Add): Promise<void> {
  const token = await logOn(url);
  const read = (path: string) => bytesOf(`${url}/rest/api/uom/${path}`, token);
  const world: WorldSnapshot = JSON.parse(await (await fetch(`${url}/simulator/world`)).text());
  const [system] = world.systems;
  const uuids = system?.partitions.map(({ uuid }) => uuid) ?? [];
  const mappings = `VirtualIOServer/${system?.vioses[0]?.uuid}?group=ViosSCSIMapping`;
  for (const again of ['', ', unchanged since']) {
    for (const [what, path] of [
      ['LPAR feed', 'LogicalPartition'],
      ['VIOS with its mappings', mappings],
    ] as const) {
      const before = cpuSeconds(pid);
      const value = seconds(await elapsed(() => read(path)));
      add({ what: `${what}${again}`, value, unit: 's', aim: 1, cpu: cpuSeconds(pid) - before });
    }
  }
  const quick = (index: number) =>
    read(`LogicalPartition/${uuids[index % uuids.length]}/quick/PartitionState`);
  const times: number[] = [];
  for (let index = 0; index < quickReads; index += 1) times.push(await elapsed(() => quick(index)));
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  add({ what: 'quick property, median', value: median, unit: 'ms', aim: 5 });
  const busyBefore = cpuSeconds(pid);
  await Promise.all(
    Array.from({ length: readers }, async (_, reader) => {
      for (let index = reader; index < quickReads; index += readers) await quick(index);
    }),
  );
  const rate = quickReads / (cpuSeconds(pid) - busyBefore);
  add({ what: 'quick reads per second of its CPU', value: rate, unit: '/s', aim: 200 });
  add({ what: 'memory, after all this', value: residentMb(pid), unit: 'MB', aim: 400 });
}

async function readyUrl(simulator: ChildProcess): Promise<string> {
  let url = '';
  if (simulator.stdout === null) throw new Error('the simulator has no output');
  for await (const text of createInterface(simulator.stdout)) {
    if (text.startsWith('system')) url = text.split(' at ')[1] ?? '';
    if (text.endsWith('ready')) return url;
  }
  throw new Error('the simulator has not started');
}

/** proc_pid_stat(5): user and system time, in hundredths of a second. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const seconds = (milliseconds: number): number => milliseconds / 1000;

function line({ what, value, unit, aim, cpu }: SimulatorFigure): string {
  const met = unit === '/s' ? value >= aim : value <= aim;
  const wanted = unit === '/s' ? `at least ${aim}` : `at most ${aim}`;
  const shown = value.toFixed(unit === 's' || unit === 'ms' ? 2 : 0);
  const used = cpu === undefined ? '' : ` (${cpu.toFixed(2)} s of CPU)`;
  return `  ${what.padEnd(44)}${`${shown} ${unit}`.padStart(12)}   ${wanted}${met ? '' : ', MISSED'}${used}`;
}
