import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LatencyProfile } from '@openstack-powervm/simulator';
import { daemonMemory } from './daemon.js';
import { driverRow, driverTitle } from './driver-table.js';
import type { Run } from './run.js';
import type { Measured } from './tasks.js';

/** One line of the result. */
export interface DriverMeasurement extends Measured {
  readonly latency: LatencyProfile;
}

interface System {
  readonly latency: LatencyProfile;
  readonly partitions: number;
}

const spawnsAtOnce = [10, 50];

/**
 * What operations of the driver cost against the simulator: requests, bytes, CPU, time, memory. The simulator and the
 * driver each have a process of their own.
 */
export async function benchDriver(tell: (line: string) => void): Promise<DriverMeasurement[]> {
  tell(driverTitle());
  const all: DriverMeasurement[] = [];
  const measure = async (system: System, ...runs: Pick<Run, 'task' | 'count'>[]) => {
    for (const measured of await onSystem(system, runs)) {
      const measurement = { latency: system.latency, ...measured };
      tell(driverRow(measurement));
      all.push(measurement);
    }
  };
  for (const latency of ['none', 'assumed-novalink'] as const) {
    await measure({ latency, partitions: 10 }, ...lifecycleRuns());
    for (const count of spawnsAtOnce)
      await measure(
        { latency, partitions: 500 },
        { task: 'together', count: 1 },
        { task: 'together', count },
      );
    for (const partitions of [500, 1000])
      await measure({ latency, partitions }, { task: 'periodic', count: 0 });
  }
  const daemon = await memoryOfDaemon();
  tell(`powervm compute with 1,000 partitions: ${daemon} MB resident`);
  return all;
}

const lifecycleRuns = () => (['lifecycle', 'capture'] as const).map((task) => ({ task, count: 0 }));

async function onSystem(
  system: System,
  runs: readonly Pick<Run, 'task' | 'count'>[],
): Promise<readonly Measured[]> {
  return withSystem(system, async ({ url, folder }) => {
    const measured: Measured[] = [];
    for (const run of runs) {
      const whole: Run = { ...run, url, deviceRoot: join(folder, 'sim1') };
      measured.push(...(await answerOf<Measured[]>(start('run.js', whole))));
    }
    return measured;
  });
}

const memoryOfDaemon = () =>
  withSystem({ latency: 'none', partitions: 1000 }, ({ url, folder }) => daemonMemory(url, folder));

async function withSystem<R>(
  system: System,
  work: (running: { url: string; folder: string }) => Promise<R>,
): Promise<R> {
  const folder = await mkdtemp(join(tmpdir(), 'powervm-bench-system-'));
  const simulator = start('power-system.js', { ...system, devicesDir: folder });
  try {
    const { url } = await answerOf<{ url: string }>(simulator);
    return await work({ url, folder });
  } finally {
    simulator.disconnect();
    if (simulator.exitCode === null) await once(simulator, 'exit');
    await rm(folder, { recursive: true });
  }
}

function start(program: string, argument: object): ChildProcess {
  return fork(join(import.meta.dirname, program), [JSON.stringify(argument)]);
}

/** The one message of a child; an exit before it is an error. */
async function answerOf<R>(child: ChildProcess): Promise<R> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as R)); // our own program at the other end
    child.once('exit', (code) => reject(new Error(`${child.spawnargs[1]} ended with ${code}`)));
  });
}
