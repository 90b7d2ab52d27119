import type { Instance, Updates, WithDevices, WithImage } from '../contract/index.js';
import { asDriverError } from '../errors/index.js';
import { type CallOptions, type Operation, runFlow, type Step } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { partitionUuidOf } from '../partition/naming.js';
import { type Partition, partitionOf, readPartition } from '../partition/partition.js';
import { start } from '../partition/power.js';
import { isStartable } from '../partition/states.js';
import { type Attachment, mapStorage, unmapStorage } from '../storage/attach.js';
import { uploadConfigDrive } from '../storage/config-drive.js';
import { configDriveName, rescueDriveName } from '../storage/disk-names.js';
import { requireRawImage, rootDiskGb } from '../storage/disk-size.js';
import { type Client, clientOf, type StorageRef, sameStorage } from '../storage/mapping.js';
import { powerOff, powerOn } from './power.js';
import { createImageDisk } from './steps/create-disks.js';
import { activeViosIds } from './steps/map-storage.js';

export interface RescueParams extends WithDevices, WithImage {
  /** A config drive with the rescue password (RESC-4). */
  readonly configDrivePath: string | null;
}

export const rescueSteps = [
  'power off',
  'unmap an earlier rescue',
  'create rescue disk',
  'upload rescue drive',
  'map rescue storage',
  'start in SMS',
] as const;

const unrescueSteps = ['power off', 'unmap rescue storage', 'delete rescue storage', 'power on'] as const;

/**
 * Starts the instance with a disk made from the rescue image beside its own; the firmware's menu lets the operator
 * choose it (RESC-1). Mappings are made at once, the partition exists already.
 */
export async function rescue(host: Host, operation: Operation, params: RescueParams): Promise<Updates> {
  const { instance, image, configDrivePath } = params;
  requireRawImage(image);
  const disk = { kind: 'rescue' as const, sizeGb: rootDiskGb(instance.flavor, image) };
  await runFlow(operation, rescueSteps, async (flow) => {
    const partition = partitionOf(await readPartition(host.session, instance.uuid, operation));
    await flow.step('power off', stopForRescue(host, operation, instance, partition));
    await flow.step('unmap an earlier rescue', unmapEarlier(host, instance, partition));
    const fromDisk = await flow.step('create rescue disk', createImageDisk(host, operation, params, disk));
    const fromDrive =
      configDrivePath === null
        ? []
        : await flow.step('upload rescue drive', uploadRescueDrive(host, instance, configDrivePath));
    await flow.step('map rescue storage', mapRescue(host, instance, partition, [...fromDisk, ...fromDrive]));
    await flow.step('start in SMS', {
      run: (call) => start(host.session, partition, { bootmode: 'sms' }, call),
    });
  });
  host.partitions.touch(partitionUuidOf(instance.uuid));
  return {};
}

/** Starts the instance from its own disk again; of the rescue nothing stays (RESC-3, B-1). */
export async function unrescue(
  host: Host,
  operation: Operation,
  { instance }: { instance: Instance },
): Promise<void> {
  await runFlow(operation, unrescueSteps, async (flow) => {
    const { signal } = operation;
    const partition = partitionOf(await readPartition(host.session, instance.uuid, { signal }));
    await flow.step('power off', {
      run: (call) => powerOff(host, { ...operation, ...call }, { instance, timeout: undefined }),
    });
    const removed = await flow.step('unmap rescue storage', {
      run: (call) => unmapRescue(host, instance, partition, call),
    });
    await flow.step('delete rescue storage', {
      async run(call) {
        await host.disks.delete(instance, ['rescue'], removed, call);
        await host.media.delete([rescueDriveName(instance.uuid)], call);
      },
    });
    await flow.step('power on', {
      run: (call) =>
        powerOn(host, { ...operation, ...call }, { instance, firstBoot: false, configDrive: false }),
    });
  });
}

/** A rescue that fails leaves the guest running as it was. */
function stopForRescue(
  host: Host,
  operation: Operation,
  instance: Instance,
  partition: Partition,
): Step<void> {
  return {
    run: (call) => powerOff(host, { ...operation, ...call }, { instance, timeout: undefined }),
    async undo(_result, call) {
      if (!isStartable(partition.state))
        await powerOn(host, { ...operation, ...call }, { instance, firstBoot: false, configDrive: false });
    },
  };
}

/** A rescue that was cut off may have left its disk mapped; the disk is made anew, which a mapped one cannot be. */
function unmapEarlier(host: Host, instance: Instance, partition: Partition): Step<void> {
  return {
    async run(call) {
      const left = await host.disks.find('rescue', instance, call);
      if (left) await unmapRescue(host, instance, partition, call);
    },
  };
}

function uploadRescueDrive(host: Host, instance: Instance, path: string): Step<readonly Attachment[]> {
  const name = rescueDriveName(instance.uuid);
  return {
    run: async (call) => [await uploadConfigDrive(host.media, name, path, call)],
    undo: (_attachments, call) => host.media.delete([name], call),
  };
}

/** The instance's own config drive makes way for that of the rescue: a guest reads only one (RESC-4). */
function mapRescue(
  host: Host,
  instance: Instance,
  partition: Partition,
  attachments: readonly Attachment[],
): Step<void> {
  const client = clientOf(host.session, partition);
  const own = ownDrive(instance);
  /** From the attempt on: where the answer is lost it may be hidden too. */
  let hidden = false;
  return {
    async run(call) {
      try {
        hidden = attachments.some(({ storage }) => storage.kind === 'medium');
        if (hidden) await unmap(host, client, [own], call);
        await mapStorage(host.session, client, attachments, call);
      } catch (thrown) {
        throw asDriverError(
          thrown,
          'PVM_REST_FAILED',
          `The rescue disk of ${instance.name} could not be mapped`,
        );
      }
    },
    async undo(_result, call) {
      await unmap(
        host,
        client,
        attachments.map(({ storage }) => storage),
        call,
      );
      if (hidden) await showOwnDrive(host, instance, partition, call);
    },
  };
}

/** The drive of the rescue is deleted later, so that an attempt after one that was cut off still shows the own one. */
async function unmapRescue(
  host: Host,
  instance: Instance,
  partition: Partition,
  call: { signal: AbortSignal },
): Promise<StorageRef[]> {
  const disk = await host.disks.find('rescue', instance, call);
  const drive: StorageRef = { kind: 'medium', name: rescueDriveName(instance.uuid) };
  const ownIsHidden = (await host.media.find(drive.name, call)) !== undefined;
  const removed = await unmap(
    host,
    clientOf(host.session, partition),
    disk ? [disk.storage, drive] : [drive],
    call,
  );
  if (ownIsHidden) await showOwnDrive(host, instance, partition, call);
  return removed;
}

async function unmap(
  host: Host,
  client: Client,
  unwanted: readonly StorageRef[],
  call: { signal: AbortSignal },
): Promise<StorageRef[]> {
  const scope = { session: host.session, viosIds: await activeViosIds(host, call) };
  return unmapStorage(scope, client, (storage) => unwanted.some((each) => sameStorage(storage, each)), call);
}

/** Maps the instance's own config drive again, if it still exists. */
async function showOwnDrive(
  host: Host,
  instance: Instance,
  partition: Partition,
  call: CallOptions,
): Promise<void> {
  const medium = await host.media.find(configDriveName(instance.uuid), call);
  if (!medium) return;
  await mapStorage(
    host.session,
    clientOf(host.session, partition),
    [{ viosId: medium.viosId, storage: ownDrive(instance) }],
    call,
  );
}

function ownDrive({ uuid }: Instance): StorageRef {
  return { kind: 'medium', name: configDriveName(uuid) };
}
