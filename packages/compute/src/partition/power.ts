import {
  isAlreadyOff,
  isAlreadyOn,
  LogicalPartition,
  PowerVMError,
  type Session,
} from '@openstack-powervm/rest';
import { sentenceOf } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import type { Log } from '../log.js';
import type { Partition } from './partition.js';

/** One way of asking a partition to stop (protocol reference 4.4). */
interface StopStep {
  readonly name: string;
  readonly operation: 'osshutdown' | 'shutdown';
  readonly immediate: boolean;
}

const osNormal: StopStep = {
  name: 'normal shutdown by the operating system',
  operation: 'osshutdown',
  immediate: false,
};
const osImmediate: StopStep = {
  name: 'immediate shutdown by the operating system',
  operation: 'osshutdown',
  immediate: true,
};
const button: StopStep = { name: 'virtual power button', operation: 'shutdown', immediate: false };
const hard: StopStep = { name: 'hard stop', operation: 'shutdown', immediate: true };

export interface StopOptions extends CallOptions {
  readonly log: Log;
  /** Power on again within the same job (RB-1). */
  readonly restart?: boolean;
  /** Limit of the first attempt; later ones have the job's usual limit (PWR-4). */
  readonly firstTimeoutMs?: number;
}

/** Stops a partition at once, at the service processor (PWR-4). */
export async function hardStop(session: Session, partition: Partition, options: StopOptions): Promise<void> {
  await stop(session, partition, hard, options);
}

/** Asks politely first and stops hard in the end (PWR-5, PWR-6). The failure of the hard stop is the caller's. */
export async function progressiveStop(
  session: Session,
  partition: Partition,
  options: StopOptions,
): Promise<void> {
  const { firstTimeoutMs, ...later } = options;
  let steps = stepsFor(partition);
  for (let first = true; ; first = false) {
    const [step = hard, ...rest] = steps;
    try {
      await stop(session, partition, step, first ? options : later);
      return;
    } catch (thrown) {
      if (step === hard || options.signal?.aborted) throw thrown;
      options.log.info(`Partition ${partition.name}: ${step.name} did not stop it: ${sentenceOf(thrown)}`);
      steps = skipsButton(step, partition, thrown) ? [hard] : rest;
    }
  }
}

/** Without RMC the operating system of AIX and Linux cannot be asked (protocol reference 8.3). */
function stepsFor({ type, rmcState }: Partition): StopStep[] {
  if (type === 'OS400') return [osNormal, osImmediate, button, hard];
  return rmcState === 'active' ? [osImmediate, button, hard] : [button, hard];
}

/** An AIX or Linux that did not finish its shutdown in time would not hear the button either (PWR-5). */
function skipsButton(step: StopStep, { type }: Partition, thrown: unknown): boolean {
  return step === osImmediate && type !== 'OS400' && PowerVMError.is(thrown, 'PVM_JOB_TIMEOUT');
}

async function stop(
  session: Session,
  { uuid }: Partition,
  { operation, immediate }: StopStep,
  { signal, restart, firstTimeoutMs }: StopOptions,
): Promise<void> {
  try {
    await session.runJob({
      type: LogicalPartition,
      id: uuid,
      operation: 'PowerOff',
      parameters: {
        operation,
        ...(immediate ? { immediate: 'true' } : {}),
        ...(restart ? { restart: 'true' } : {}),
      },
      timeoutMs: firstTimeoutMs,
      signal,
    });
  } catch (thrown) {
    // A partition that is off already is success, unless it was to come back (protocol reference 1.13).
    if (restart || !isAlreadyOff(thrown)) throw thrown;
  }
}

/** Starts a partition and waits until the job has ended (JOB-3, L-12). */
export async function start(
  session: Session,
  { uuid }: Pick<Partition, 'uuid'>,
  parameters: Readonly<Record<string, string>>,
  { signal }: CallOptions,
): Promise<void> {
  try {
    await session.runJob({ type: LogicalPartition, id: uuid, operation: 'PowerOn', parameters, signal });
  } catch (thrown) {
    if (!isAlreadyOn(thrown)) throw thrown;
  }
}
