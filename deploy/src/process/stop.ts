import { setTimeout as sleep } from 'node:timers/promises';
import type { Paths } from '../deployment/paths.js';
import { familyOf, workersOf } from './family.js';
import { isRunning, type ProcessIdentity, signalProcess } from './identity.js';
import { forgetRecord, type ProcessRecord } from './record.js';

const pollMs = 50;

/** How long killed processes may take to disappear, milliseconds. */
const killLimitMs = 5_000;

async function waitForEnd(processes: readonly ProcessIdentity[], limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (processes.some(isRunning) && performance.now() < deadline) await sleep(pollMs);
}

async function kill(processes: readonly ProcessIdentity[]): Promise<void> {
  for (const each of processes) signalProcess(each, 'SIGKILL');
  await waitForEnd(processes, killLimitMs);
}

/**
 * Ends services: each gets its own signal and its own time, then what is left of its session is
 * killed. Gives the names of the services that ran.
 */
export async function stopServices(paths: Paths, records: readonly ProcessRecord[]): Promise<string[]> {
  const running = records.filter((record) => isRunning(record.process));
  const leaders = running.map((record) => record.process);
  const everyone = [...leaders, ...workersOf(leaders)];
  for (const record of running) signalProcess(record.process, record.stopSignal);
  await Promise.all(running.map((record) => waitForEnd([record.process], record.graceMs)));
  await kill(everyone);
  for (const record of records) await forgetRecord(paths, record.name);
  return running.map((record) => record.name);
}

/** How long processes without a record may take to end, milliseconds. */
const familyGraceMs = 10_000;

/** Ends what carries the deployment's mark, whether it is remembered or not. */
async function endFamily(deploymentId: string): Promise<void> {
  const family = familyOf(deploymentId);
  for (const each of family) signalProcess(each, 'SIGTERM');
  await waitForEnd(family, familyGraceMs);
  await kill(familyOf(deploymentId));
}

/** Ends every process of a deployment, services that others lean on last; gives the services' names. */
export async function stopAll(
  paths: Paths,
  deploymentId: string,
  records: readonly ProcessRecord[],
): Promise<string[]> {
  const stopped: string[] = [];
  const orders = [...new Set(records.map((record) => record.order))].sort((a, b) => b - a);
  for (const order of orders) {
    const stage = records.filter((record) => record.order === order);
    stopped.push(...(await stopServices(paths, stage)));
  }
  await endFamily(deploymentId);
  return stopped;
}
