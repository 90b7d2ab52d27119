import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { closeConnections } from './wire.js';

const command = join(import.meta.dirname, '../../../packages/cli/dist/main.js');

/** A `powervm simulate` in a process of its own. */
export interface SimulatorProcess {
  readonly url: string;
  readonly pid: number;
  /** From the command to its first answer, milliseconds. */
  readonly startMs: number;
  /** CPU time that it has used, seconds. */
  cpu(): number;
}

/** Starts one, stops it after the work as an operator does. */
export async function withSimulator(
  options: readonly string[],
  work: (simulator: SimulatorProcess) => Promise<void>,
): Promise<void> {
  const started = performance.now();
  const child = spawn(process.execPath, [command, 'simulate', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    const url = await readyUrl(child);
    const pid = child.pid ?? 0;
    await work({ url, pid, startMs: performance.now() - started, cpu: () => cpuSeconds(pid) });
  } finally {
    closeConnections();
    child.kill();
    await ended;
  }
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
