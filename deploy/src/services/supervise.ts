import { mkdir } from 'node:fs/promises';
import { logFileOf } from '../config/files.js';
import type { Deployment } from '../deployment/deployment.js';
import { baseEnvironment } from '../process/environment.js';
import { isRunning } from '../process/identity.js';
import { type Launched, launch, type Program } from '../process/launch.js';
import { type ProcessRecord, readRecord, writeRecord } from '../process/record.js';
import { stopServices } from '../process/stop.js';
import { tailOf } from '../process/tail.js';
import { DeployError } from '../steps/failure.js';
import type { Step, StepContext } from '../steps/step.js';
import { fingerprintOf } from './fingerprint.js';
import { waitUntilReady } from './readiness.js';
import type { Service } from './service.js';

/** How long a service may take to become ready, milliseconds. */
const startLimitMs = 120_000;

/** How long a running service may take to answer before it counts as stuck, milliseconds. */
const answerLimitMs = 15_000;

function programOf(deployment: Deployment, service: Service): Program {
  return {
    command: service.command,
    environment: { ...baseEnvironment(deployment), ...service.environment },
    workingDirectory: deployment.paths.data,
    logFile: logFileOf(deployment, service.name),
  };
}

function fingerprint(service: Service, program: Program): Promise<string> {
  return fingerprintOf({
    command: program.command,
    environment: program.environment,
    configFiles: service.configFiles ?? [],
    code: service.code ?? [],
  });
}

/** Whether a service runs as it would be started now, and works. */
async function isUp(deployment: Deployment, service: Service, signal: AbortSignal): Promise<boolean> {
  const record = await readRecord(deployment.paths, service.name);
  if (!record || !isRunning(record.process)) return false;
  const program = programOf(deployment, service);
  if (record.fingerprint !== (await fingerprint(service, program))) return false;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(answerLimitMs)]);
  return waitUntilReady(service.ready, { file: program.logFile, from: 0 }, limit);
}

async function notReady(program: Program, launched: Launched): Promise<DeployError> {
  const { ended } = launched;
  const what = ended.aborted ? ended.reason : `was not ready after ${startLimitMs / 1000} seconds`;
  return new DeployError({
    what: `${program.command[0]} ${what}`,
    log: { file: program.logFile, lines: await tailOf(program.logFile, launched.logStart) },
  });
}

async function start(deployment: Deployment, service: Service, signal: AbortSignal): Promise<void> {
  for (const folder of service.folders ?? []) await mkdir(folder, { recursive: true, mode: 0o700 });
  const program = programOf(deployment, service);
  const digest = await fingerprint(service, program);
  const launched = await launch(program);
  await writeRecord(deployment.paths, recordOf(service, launched, digest));
  const limit = AbortSignal.any([signal, launched.ended, AbortSignal.timeout(startLimitMs)]);
  const log = { file: program.logFile, from: launched.logStart };
  const ready = await waitUntilReady(service.ready, log, limit);
  signal.throwIfAborted();
  if (!ready) throw await notReady(program, launched);
}

function recordOf(service: Service, launched: Launched, digest: string): ProcessRecord {
  return {
    name: service.name,
    process: launched.identity,
    startedAt: Date.now(),
    fingerprint: digest,
    stopSignal: service.stopSignal ?? 'SIGTERM',
    graceMs: service.graceMs ?? 8_000,
    order: service.stage,
  };
}

/** The step that makes a service run: nothing when it does, anew when it has changed or is stuck. */
export function serviceStep(deployment: Deployment, service: Service): Step {
  return {
    name: service.name,
    title: service.title,
    after: service.after,
    check: ({ signal }: StepContext) => isUp(deployment, service, signal),
    run: async ({ signal }: StepContext) => {
      const previous = await readRecord(deployment.paths, service.name);
      if (previous) await stopServices(deployment.paths, [previous]);
      await start(deployment, service, signal);
      return undefined;
    },
  };
}
