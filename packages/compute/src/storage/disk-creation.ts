import { DriverError } from '../errors/index.js';
import type { DiskRequest } from './disk-driver.js';
import { virtualDiskNames } from './disk-names.js';
import { DiskOwner } from './disk-owner.js';
import { cachedImage } from './image-cache.js';
import { diskNamed, type VolumeGroupDocument } from './volume-group.js';

/**
 * What became of the attempt: `leftover`: an earlier attempt left a disk, remove it first; `no image`: the cache
 * does not hold the image yet.
 */
export type CreationOutcome = 'created' | 'leftover' | 'no image';

/**
 * The edit that adds one virtual disk to a volume group. It is applied again after a conflict or an unknown outcome,
 * so it recognises its own effect (design 3.2).
 */
export class DiskCreation {
  readonly #request: DiskRequest;
  readonly #imageId: string | undefined;
  readonly #owner: DiskOwner;
  #added = false;
  outcome: CreationOutcome = 'no image';

  constructor(request: DiskRequest, imageId: string | undefined) {
    this.#request = request;
    this.#imageId = imageId;
    this.#owner = new DiskOwner(request.instance, [request.kind]);
  }

  apply(group: VolumeGroupDocument): boolean {
    if (group.virtualDisks.some((disk) => this.#owner.owns(disk))) {
      this.outcome = this.#added ? 'created' : 'leftover';
      return false;
    }
    const baseImage =
      this.#imageId === undefined ? undefined : cachedImage(group, this.#imageId)?.uniqueDeviceID;
    if (this.#imageId !== undefined && baseImage === undefined) {
      this.outcome = 'no image';
      return false;
    }
    this.#add(group, baseImage);
    this.outcome = 'created';
    return true;
  }

  /** The name under which the disk is in the group. */
  nameIn(group: VolumeGroupDocument): string {
    const name = group.virtualDisks.find((disk) => this.#owner.owns(disk))?.diskName;
    if (name !== undefined) return name;
    throw new DriverError(
      'PVM_DISK_NOT_FOUND',
      `Volume group ${group.groupName} does not hold the ${this.#request.kind} disk of instance ` +
        `${this.#request.instance.uuid} that was just created in it`,
    );
  }

  #add(group: VolumeGroupDocument, baseImage: string | undefined): void {
    const { kind, instance, sizeGb } = this.#request;
    const freeGb = group.availableSize ?? Number.POSITIVE_INFINITY;
    if (sizeGb > freeGb) throw noRoom(group.groupName ?? '', sizeGb, freeGb);
    const [traditional, unique] = virtualDiskNames(kind, instance);
    group.virtualDisks.add({
      diskCapacity: sizeGb,
      diskLabel: instance.uuid,
      diskName: diskNamed(group, traditional) ? unique : traditional,
      baseImage,
      virtualDiskType: 'LogicalVolume',
    });
    this.#added = true;
  }
}

/** Another host may have room, so Nova tries it. */
export function noRoom(group: string, sizeGb: number, freeGb: number): DriverError {
  return new DriverError(
    'PVM_CAPACITY',
    `Volume group ${group} has ${freeGb.toFixed(2)} GB free, but a disk of ${sizeGb} GB is needed`,
    { group, sizeGb, freeGb },
  );
}
