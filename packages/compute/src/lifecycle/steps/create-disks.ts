import type { Instance, SpawnParams } from '../../contract/index.js';
import { asDriverError, DriverError } from '../../errors/index.js';
import type { Operation, Step } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import type { Attachment } from '../../storage/attach.js';
import type { Disk, ImageSource } from '../../storage/disk-driver.js';
import type { DiskKind } from '../../storage/disk-names.js';

/** Shows a disk on every VIOS that has it. */
function attachmentsOf({ storage, viosIds }: Disk): readonly Attachment[] {
  return viosIds.map((viosId) => ({ viosId, storage }));
}

/** The image of a request; its bytes are asked for only when they are needed (SSPIMG-5). */
export function imageSource(
  host: Host,
  { image, imageAccess }: Pick<SpawnParams, 'image' | 'imageAccess'>,
): ImageSource {
  return {
    image,
    async open(call) {
      if (image.id !== null && imageAccess) return host.images.open(imageAccess, image.id, call);
      throw new DriverError(
        'PVM_IMAGE_UNAVAILABLE',
        `Image ${image.id ?? ''} is not on this host yet, and the request carries no right to download it`,
      );
    },
  };
}

/** Makes a disk from the image (SPAWN-7); an evacuated server finds its own again on shared storage (SPAWN-1). */
export function createImageDisk(
  host: Host,
  operation: Operation,
  params: Pick<SpawnParams, 'instance' | 'image' | 'imageAccess'> & { evacuate?: boolean },
  disk: { kind: DiskKind; sizeGb: number },
): Step<readonly Attachment[]> {
  const { instance } = params;
  let found = false;
  return {
    async run(call) {
      try {
        const existing = params.evacuate ? await findShared(host, disk.kind, instance, call) : undefined;
        found = existing !== undefined;
        const source = imageSource(host, params);
        const during = { ...operation, signal: call.signal };
        return attachmentsOf(
          existing ?? (await host.disks.createFromImage({ ...disk, instance }, source, during)),
        );
      } catch (thrown) {
        throw asDriverError(
          thrown,
          'PVM_REST_FAILED',
          `The ${disk.kind} disk of ${instance.name} could not be created`,
        );
      }
    },
    async undo(_attachments, call) {
      if (!found) await host.disks.delete(instance, [disk.kind], [], call);
    },
  };
}

/** Ephemeral and swap disks (DSK-6). */
export function createEmptyDisks(
  host: Host,
  instance: Instance,
  disks: readonly { kind: DiskKind; sizeGb: number }[],
): Step<readonly Attachment[]> {
  return {
    async run(call) {
      try {
        const made = await Promise.all(
          disks.map((disk) => host.disks.createBlank({ ...disk, instance }, call)),
        );
        return made.flatMap(attachmentsOf);
      } catch (thrown) {
        throw asDriverError(
          thrown,
          'PVM_REST_FAILED',
          `The empty disks of ${instance.name} could not be created`,
        );
      }
    },
    async undo(_attachments, call) {
      const kinds = disks.map(({ kind }) => kind);
      await host.disks.delete(instance, kinds, [], call);
    },
  };
}

async function findShared(
  host: Host,
  kind: DiskKind,
  instance: Instance,
  call: { signal: AbortSignal },
): Promise<Disk | undefined> {
  return host.disks.capabilities.sharedStorage ? host.disks.find(kind, instance, call) : undefined;
}
