import type { ImageAccess, OfInstance } from '../contract/index.js';
import type { NovaLinkDevice } from '../devices/novalink-devices.js';
import { asDriverError, DriverError } from '../errors/index.js';
import { type Operation, runFlow, type Step } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { type Partition, partitionOf, readPartition } from '../partition/partition.js';
import type { Disk } from '../storage/disk-driver.js';
import { hideUnit, hostedDevice, showUnit } from '../storage/novalink.js';
import { activeViosIds } from './steps/map-storage.js';

export interface SnapshotParams extends OfInstance {
  /** The image that Nova has made and that takes the bytes. */
  readonly imageId: string;
  readonly imageAccess: ImageAccess;
}

export const snapshotSteps = ['show disk to NovaLink', 'upload image', 'hide disk from NovaLink'] as const;

/** What Nova calls the two phases (SNAP-2). */
const pendingUpload = 'image_pending_upload';
const uploading = 'image_uploading';

interface Capture extends SnapshotParams {
  readonly host: Host;
  readonly operation: Operation;
  readonly owner: Partition;
  readonly disk: Disk;
}

/**
 * Captures the boot disk into an image, from a running guest as it is (SNAP-8). The NovaLink partition reads the disk
 * as a block device and sends it on; there is no copy in between.
 */
export async function snapshot(host: Host, operation: Operation, params: SnapshotParams): Promise<void> {
  refuseImpossible(host, params);
  operation.onTaskState(pendingUpload, null);
  const owner = partitionOf(await readPartition(host.session, params.instance.uuid, operation));
  const capture = { ...params, host, operation, owner, disk: await bootDisk(host, operation, params) };
  await runFlow(operation, snapshotSteps, async (flow) => {
    const device = await flow.step('show disk to NovaLink', showDisk(capture));
    operation.onTaskState(uploading, pendingUpload);
    await flow.step('upload image', uploadImage(capture, device));
    await flow.step('hide disk from NovaLink', { run: (call) => hideDisk(capture, call) });
  });
}

/** SNAP-1, L-49: said before anything is touched. */
function refuseImpossible({ disks }: Host, { instance }: SnapshotParams): void {
  if (disks.capabilities.capture) return;
  throw new DriverError(
    'PVM_CAPTURE_UNSUPPORTED',
    `The disk of ${instance.name} cannot be captured: with [powervm] disk_driver ${disks.name} the NovaLink ` +
      'partition can read only disks that it hosts itself, and this volume group belongs to a Virtual I/O Server',
    { instanceUuid: instance.uuid, diskDriver: disks.name },
  );
}

async function bootDisk(host: Host, operation: Operation, { instance }: SnapshotParams): Promise<Disk> {
  const disk = await host.disks.find('boot', instance, operation);
  if (disk) return disk;
  throw new DriverError('PVM_DISK_NOT_FOUND', `The boot disk of ${instance.name} was not found`, {
    instanceUuid: instance.uuid,
  });
}

function showDisk(capture: Capture): Step<NovaLinkDevice> {
  const { host, operation, disk, owner } = capture;
  return {
    async run(call) {
      try {
        const hosted = await hostedDevice(host, { disk, owner }, call);
        if (hosted) return hosted;
        const shown = await shownUnit(capture, call);
        if (shown) return await showUnit(host, shown, operation, call);
      } catch (thrown) {
        throw asDriverError(thrown, 'PVM_CAPTURE_FAILED', `Disk ${disk.storage.name} cannot be read`);
      }
      throw new DriverError(
        'PVM_CAPTURE_FAILED',
        `Disk ${disk.storage.name} is not mapped to partition ${owner.name}, so NovaLink does not say where it is`,
        { disk: disk.storage.name },
      );
    },
    undo: (_device, call) => hideDisk(capture, call),
  };
}

function uploadImage({ host, imageId, imageAccess, disk }: Capture, device: NovaLinkDevice): Step<void> {
  return {
    async run(call) {
      try {
        const stream = { size: device.size, body: device.read(call) };
        await host.images.upload(imageAccess, imageId, stream, call);
      } catch (thrown) {
        const what = `Disk ${disk.storage.name} could not be stored as image ${imageId}`;
        throw asDriverError(thrown, 'PVM_CAPTURE_FAILED', what);
      }
    },
  };
}

/** A disk that NovaLink hosts was never mapped to it. */
async function hideDisk(capture: Capture, call: { signal: AbortSignal }): Promise<void> {
  const shown = await shownUnit(capture, call);
  if (shown) await hideUnit(capture.host, shown, call);
}

async function shownUnit({ host, disk }: Capture, call: { signal: AbortSignal }) {
  const { storage: unit } = disk;
  if (unit.kind !== 'unit') return undefined;
  const active = await activeViosIds(host, call);
  return { unit, viosIds: disk.viosIds.filter((id) => active.includes(id)) };
}
