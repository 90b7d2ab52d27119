import type { Instance } from '../contract/index.js';
import { asDriverError, DriverError, sentenceOf } from '../errors/index.js';
import type { Operation } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { type Partition, partitionOf, readPartition } from '../partition/partition.js';
import { hardStop, progressiveStop, start } from '../partition/power.js';
import { isStartable, isStoppable } from '../partition/states.js';
import { configDriveName } from '../storage/disk-names.js';

export interface PowerOnParams {
  readonly instance: Instance;
  /** The first start after a deployment: the config drive may be ejected after boot (SPAWN-13). */
  readonly firstBoot: boolean;
  readonly configDrive: boolean;
}

/** Starts a partition that is not activated; in any other state there is nothing to do (PWR-2, B-36). */
export async function powerOn(host: Host, operation: Operation, params: PowerOnParams): Promise<void> {
  const { instance } = params;
  try {
    await exclusively(host, operation, instance, async (partition) => {
      if (isStartable(partition.state))
        await start(host.session, partition, ejection(host, params), operation);
    });
  } catch (thrown) {
    throw asDriverError(thrown, 'PVM_POWER_ON_FAILED', `Instance ${instance.name} could not be started`);
  }
}

/** SPAWN-13: only where there is a config drive, and only if the operator wants it. */
function ejection(
  { options }: Host,
  { instance, firstBoot, configDrive }: PowerOnParams,
): Record<string, string> {
  if (!firstBoot || !configDrive || !options.remove_vopt_media_on_boot) return {};
  return {
    remove_optical_name: configDriveName(instance.uuid),
    remove_optical_time: String(options.remove_vopt_media_time),
  };
}

export interface PowerOffParams {
  readonly instance: Instance;
  /** seconds for the first attempt; 0 stops at once, undefined leaves the job's own limit (PWR-4) */
  readonly timeout: number | undefined;
}

/** Stops a partition; one that is off is success (PWR-3). Nova keeps the networks when it cannot be (PWR-7). */
export async function powerOff(host: Host, operation: Operation, params: PowerOffParams): Promise<void> {
  const { instance, timeout } = params;
  const { log, signal } = operation;
  try {
    await exclusively(host, operation, instance, async (partition) => {
      if (!isStoppable(partition.state)) return;
      if (timeout === 0) await hardStop(host.session, partition, { log, signal });
      else await progressiveStop(host.session, partition, { log, signal, ...firstLimit(timeout) });
    });
  } catch (thrown) {
    throw asDriverError(thrown, 'PVM_POWER_OFF_FAILED', `Instance ${instance.name} could not be stopped`);
  }
}

function firstLimit(seconds: number | undefined): { firstTimeoutMs?: number } {
  return seconds === undefined ? {} : { firstTimeoutMs: seconds * 1000 };
}

export interface RebootParams {
  readonly instance: Instance;
  readonly type: 'SOFT' | 'HARD';
}

/** One restart job; a partition that is off is started (RB-1, L-17). Every failure is a reboot failure (RB-2). */
export async function reboot(
  host: Host,
  operation: Operation,
  { instance, type }: RebootParams,
): Promise<void> {
  const { log, signal } = operation;
  try {
    await exclusively(host, operation, instance, async (partition) => {
      if (isStartable(partition.state)) await start(host.session, partition, {}, operation);
      else if (type === 'HARD') await hardStop(host.session, partition, { log, signal, restart: true });
      else await progressiveStop(host.session, partition, { log, signal, restart: true });
    });
  } catch (thrown) {
    throw rebootFailure(thrown, instance);
  }
}

function rebootFailure(thrown: unknown, { uuid }: Instance): DriverError {
  return new DriverError(
    'PVM_REBOOT_FAILED',
    `Instance ${uuid} could not be restarted: ${sentenceOf(thrown)}`,
    { instanceUuid: uuid },
    thrown,
  );
}

/** Power actions of one instance come one after the other, each on a fresh look at the partition (PWR-1, L-13). */
export async function exclusively(
  host: Host,
  { signal }: Operation,
  { uuid }: Instance,
  action: (partition: Partition) => Promise<void>,
): Promise<void> {
  await host.powerLock.run(
    uuid,
    async () => {
      const partition = partitionOf(await readPartition(host.session, uuid, { signal }));
      try {
        await action(partition);
      } finally {
        host.partitions.touch(partition.uuid);
      }
    },
    { signal },
  );
}
