import type { Session } from '@openstack-powervm/rest';
import type { Clock } from '../clock.js';
import type { Instance } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import type { CallOptions, Operation } from '../flow/index.js';
import type { DiskCapacity } from '../host/resources.js';
import { DiskCreation } from './disk-creation.js';
import type { Disk, DiskDriver, DiskRequest, ImageSource } from './disk-driver.js';
import { baseName, type DiskKind, everyDiskKind, virtualDiskNames } from './disk-names.js';
import { DiskOwner } from './disk-owner.js';
import { ImageCache } from './image-cache.js';
import type { StorageRef } from './mapping.js';
import { diskNamed, removeDisks, type VirtualDiskElement, type VolumeGroupHandle } from './volume-group.js';

/** Instance disks as logical volumes in one volume group of one VIOS (section 10.2). */
export class LocalDisk implements DiskDriver {
  readonly name = 'localdisk';
  readonly capabilities: DiskDriver['capabilities'];
  readonly #group: VolumeGroupHandle;
  readonly #cache: ImageCache;

  constructor(session: Session, group: VolumeGroupHandle, clock: Clock) {
    this.#group = group;
    // A virtual disk serves one client only; where NovaLink itself hosts it, it can be read without a mapping.
    this.capabilities = { sharedStorage: false, imageCache: true, capture: group.vios.isManagement };
    this.#cache = new ImageCache(session, group, clock);
  }

  /** The one VIOS of the volume group (LVG-3). */
  get preferredVios(): string {
    return this.#group.vios.id;
  }

  async sharedStorageId(): Promise<null> {
    return null;
  }

  async capacity(call: CallOptions): Promise<DiskCapacity> {
    const { groupCapacity = 0, availableSize = 0 } = await this.#group.read(call);
    return { totalGb: groupCapacity, usedGb: groupCapacity - availableSize };
  }

  /** The next who needs an image finds what was left of it under the image's name, and so does clean-up. */
  async recover(): Promise<void> {}

  async createFromImage(request: DiskRequest, source: ImageSource, operation: Operation): Promise<Disk> {
    const imageId = source.image.id ?? '';
    return this.#cache.keep(async () => {
      const copied = await this.#create(request, imageId, operation);
      if (copied) return copied;
      await this.#cache.fill(source, operation);
      return (await this.#create(request, imageId, operation)) ?? lost(imageId);
    }, operation);
  }

  async createBlank(request: DiskRequest, call: CallOptions): Promise<Disk> {
    return (await this.#create(request, undefined, call)) ?? lost('');
  }

  async cacheImage(source: ImageSource, operation: Operation): Promise<boolean> {
    return this.#cache.keep(() => this.#cache.fill(source, operation), operation);
  }

  async cleanCache(usedImageIds: readonly string[], operation: Operation): Promise<void> {
    await this.#cache.clean(usedImageIds, operation);
  }

  async find(kind: DiskKind, instance: Instance, call: CallOptions): Promise<Disk | undefined> {
    const owner = new DiskOwner(instance, [kind]);
    const { virtualDisks } = await this.#group.read(call);
    const disk =
      virtualDisks.find((each) => owner.owns(each)) ?? virtualDisks.find((each) => owner.mayOwn(each));
    return disk && this.#diskOf(disk);
  }

  /** The traditional name is not unique, the other one is (ID-8). */
  owns(instance: Instance, storage: StorageRef): boolean {
    const unique = everyDiskKind.map((kind) => virtualDiskNames(kind, instance)[1]);
    return storage.kind === 'disk' && unique.includes(baseName(storage.name));
  }

  async delete(
    instance: Instance,
    kinds: readonly DiskKind[] | 'all',
    wereMapped: readonly StorageRef[],
    call: CallOptions,
  ): Promise<void> {
    const owner = new DiskOwner(instance, kinds);
    const mapped = new Set(
      wereMapped.filter(({ kind }) => kind === 'disk').map(({ name }) => baseName(name)),
    );
    const unwanted = (disk: VirtualDiskElement): boolean =>
      owner.owns(disk) || (owner.mayOwn(disk) && mapped.has(baseName(disk.diskName ?? '')));
    await this.#group.edit((group) => removeDisks(group, unwanted), call);
  }

  async extend({ storage }: Disk, sizeGb: number, call: CallOptions): Promise<void> {
    await this.#group.edit((group) => {
      const disk = diskNamed(group, baseName(storage.name));
      if (!disk) throw diskNotFound(this.#group.name, storage.name);
      if ((disk.diskCapacity ?? 0) >= sizeGb) return false;
      disk.diskCapacity = sizeGb;
      return true;
    }, call);
  }

  /** Undefined when the image is not in the cache. */
  async #create(
    request: DiskRequest,
    imageId: string | undefined,
    call: CallOptions,
  ): Promise<Disk | undefined> {
    const creation = new DiskCreation(request, imageId);
    const edit = creation.apply.bind(creation);
    let group = await this.#group.edit(edit, call);
    if (creation.outcome === 'leftover') {
      await this.delete(request.instance, [request.kind], [], call);
      group = await this.#group.edit(edit, call);
    }
    if (creation.outcome === 'no image') return undefined;
    return {
      storage: { kind: 'disk', name: creation.nameIn(group) },
      viosIds: [this.preferredVios],
      sizeGb: request.sizeGb,
    };
  }

  #diskOf({ diskName = '', diskCapacity = 0 }: VirtualDiskElement): Disk {
    return { storage: { kind: 'disk', name: diskName }, viosIds: [this.preferredVios], sizeGb: diskCapacity };
  }
}

function diskNotFound(group: string, name: string): DriverError {
  return new DriverError('PVM_DISK_NOT_FOUND', `Volume group ${group} has no disk ${name}`, {
    group,
    disk: name,
  });
}

/** The image was there a moment ago, and the cache may not be cleaned now: somebody else removed it. */
function lost(imageId: string): never {
  throw new DriverError(
    'PVM_DISK_NOT_FOUND',
    `The cached image ${imageId} was removed from the volume group while it was being deployed`,
    { imageId },
  );
}
