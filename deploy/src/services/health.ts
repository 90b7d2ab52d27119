import { logFileOf } from '../config/files.js';
import type { Deployment } from '../deployment/deployment.js';
import { isRunning } from '../process/identity.js';
import { readRecords } from '../process/record.js';
import { tailOf } from '../process/tail.js';
import { DeployError, type FailureReport } from '../steps/failure.js';

/** A service's log with its last lines, for a report. */
export async function logOf(deployment: Deployment, service: string): Promise<Pick<FailureReport, 'log'>> {
  const file = logFileOf(deployment, service);
  return { log: { file, lines: await tailOf(file, 0) } };
}

/** Throws a DeployError when a service that was started has ended by itself. */
export async function assertNoneEnded(deployment: Deployment): Promise<void> {
  const records = await readRecords(deployment.paths);
  const ended = records.find((record) => !isRunning(record.process));
  if (!ended) return;
  throw new DeployError({
    what: `${ended.name} has ended by itself`,
    ...(await logOf(deployment, ended.name)),
  });
}
