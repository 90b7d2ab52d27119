import type { DestroyParams } from '../contract/index.js';
import { DriverError, sentenceOf } from '../errors/index.js';
import { type Flow, type Operation, runFlow } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { removeTrunksOf } from '../network/hosted/trunk-removal.js';
import { unplugVifs } from '../network/plug.js';
import { partitionUuidOf, phaseNameOf } from '../partition/naming.js';
import { takesAnySerialNumber } from '../partition/optional-attributes.js';
import { findPartition, isMissing, type Partition, partitionOf } from '../partition/partition.js';
import { unmapMatching } from '../storage/attach.js';
import { configDriveName, rescueDriveName } from '../storage/disk-names.js';
import {
  type Client,
  clientOf,
  isMappingOf,
  type Mapping,
  type StorageRef,
  storageOf,
} from '../storage/mapping.js';
import { novaLinkClient } from '../storage/novalink.js';
import { powerOff } from './power.js';
import { deletePartition } from './steps/create-partition.js';
import { activeViosIds } from './steps/map-storage.js';

export const destroySteps = [
  'close console',
  'power off',
  'unplug network interfaces',
  'unmap disks',
  'delete disks',
  'delete config drive',
  'delete partition',
] as const;

interface Removal {
  readonly flow: Flow<(typeof destroySteps)[number]>;
  readonly host: Host;
  readonly operation: Operation;
  readonly params: DestroyParams;
  /** Called as soon as the guest certainly runs no more. */
  readonly onStopped: () => void;
}

/**
 * Removes an instance (section 4.2). It can be repeated after any failure and then goes on where it stopped; an
 * instance without partition is success, but what else is left of it goes too (DESTROY-6).
 */
export async function destroy(host: Host, operation: Operation, params: DestroyParams): Promise<void> {
  const { instance } = params;
  let mayRun = true;
  const onStopped = (): void => {
    mayRun = false;
  };
  try {
    await runFlow(operation, destroySteps, async (flow) => {
      const entity = await findPartition(host.session, instance.uuid, operation);
      const partition = entity && partitionOf(entity);
      if (partition && isOnlyRenamed(params, partition)) return;
      const removal = { flow, host, operation, params, onStopped };
      if (partition) await removePartition(removal, partition);
      else await removeRemains(removal);
    });
  } catch (thrown) {
    throw removalFailure(thrown, instance.uuid, mayRun);
  }
}

/** The revert of a resize on the same host destroys the "new" server, which is the one and only (DESTROY-1). */
function isOnlyRenamed({ instance }: DestroyParams, partition: Partition): boolean {
  return instance.taskState === 'resize_reverting' && partition.name === phaseNameOf('resize', instance);
}

async function removePartition(removal: Removal, partition: Partition): Promise<void> {
  const { flow, host, operation, params, onStopped } = removal;
  const { instance, vifs, destroyDisks } = params;
  await flow.together(
    () => flow.step('close console', { run: (call) => host.consoles.close(partition, call) }),
    () =>
      flow.step('power off', {
        async run({ signal }) {
          // Hard at once when the disks go anyway (DESTROY-2, L-18).
          const timeout = destroyDisks ? 0 : undefined;
          await unlessMissing(() => powerOff(host, { ...operation, signal }, { instance, timeout }));
          onStopped();
        },
      }),
  );
  const off = { ...partition, state: 'not activated' };
  await flow.together(
    () =>
      flow.step('unplug network interfaces', {
        run: (call) =>
          unlessMissing(() =>
            vifs.length > 0
              ? unplugVifs(host, off, vifs, { ...call, log: operation.log })
              : removeTrunksOf(host, off, call),
          ),
      }),
    () => removeStorage(removal, clientOf(host.session, off)),
  );
  const resetAutoAssign = takesAnySerialNumber(instance.flavor);
  await flow.step('delete partition', {
    run: (call) => deletePartition(host, partition.uuid, { ...call, resetAutoAssign }),
  });
}

/** No partition: an earlier attempt got so far, or a spawn was cut off. */
async function removeRemains(removal: Removal): Promise<void> {
  const { host, operation, params, onStopped } = removal;
  onStopped();
  operation.log.warn(`Instance ${params.instance.uuid} has no partition; removing what else is left of it`);
  const uuid = partitionUuidOf(params.instance.uuid);
  await removeStorage(removal, { ...clientOf(host.session, { uuid, id: 0 }), id: undefined });
}

/** Unmaps everything that the partition still has, then deletes what is the instance's own (DESTROY-4, DSK-7). */
async function removeStorage({ flow, host, operation, params }: Removal, client: Client): Promise<void> {
  const { instance, destroyDisks, configDrive } = params;
  const novaLink = await novaLinkClient(host, operation);
  /** An interrupted capture may have left the disk on NovaLink too (L-5). */
  const unwanted = (mapping: Mapping): boolean => {
    if (isMappingOf(mapping, client)) return true;
    const storage = storageOf(mapping);
    return (
      storage !== undefined &&
      novaLink !== undefined &&
      isMappingOf(mapping, novaLink) &&
      host.disks.owns(instance, storage)
    );
  };
  const removed = await flow.step('unmap disks', {
    run: async (call) => {
      const scope = { session: host.session, viosIds: await activeViosIds(host, call) };
      const removed = await unmapMatching(scope, unwanted, call);
      for (const storage of removed)
        if (storage.kind === 'unit') await host.devices.remove(storage.udid, call);
      return removed;
    },
  });
  logUnmapped(removed, operation);
  if (destroyDisks)
    await flow.step('delete disks', {
      run: (call) => host.disks.delete(instance, 'all', removed, call),
    });
  const drives = [configDriveName(instance.uuid), rescueDriveName(instance.uuid)];
  if (configDrive || removed.some(({ name }) => drives.includes(name)))
    await flow.step('delete config drive', { run: (call) => host.media.delete(drives, call) });
}

/** Storage of other kinds was mapped by hand or belongs to volumes; it is unmapped but never deleted (DESTROY-11). */
function logUnmapped(removed: readonly StorageRef[], { log }: Operation): void {
  if (removed.length > 0)
    log.info(`Unmapped ${removed.length}: ${removed.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`);
}

async function unlessMissing(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
  }
}

export interface CleanupParams extends DestroyParams {
  readonly destroyVifs: boolean;
}

/** Removes what is left of an instance that Nova has moved away (CONF-4). */
export async function cleanup(host: Host, operation: Operation, params: CleanupParams): Promise<void> {
  await destroy(host, operation, params.destroyVifs ? params : { ...params, vifs: [] });
}

/**
 * Nova gives a server's addresses away after every failure but that of the stop, so this one is told as long as the
 * guest may run (PWR-7, L-16).
 */
function removalFailure(thrown: unknown, instanceUuid: string, mayRun: boolean): DriverError {
  const [code, where] = mayRun
    ? (['PVM_POWER_OFF_FAILED', 'before its partition was certainly off'] as const)
    : (['PVM_DESTROY_FAILED', 'after its partition was stopped'] as const);
  return new DriverError(
    code,
    `Instance ${instanceUuid} could not be removed; it failed ${where}: ${sentenceOf(thrown)}`,
    { instanceUuid },
    thrown,
  );
}
