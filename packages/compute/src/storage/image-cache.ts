import type { Session } from '@openstack-powervm/rest';
import type { Clock } from '../clock.js';
import { asDriverError, DriverError, sentenceOf } from '../errors/index.js';
import { type CallOptions, type Operation, ReadWriteLock, SharedWork } from '../flow/index.js';
import { noRoom } from './disk-creation.js';
import type { ImageSource } from './disk-driver.js';
import { baseName, cachedImageName, isCachedImageName } from './disk-names.js';
import { wholeGb } from './disk-size.js';
import {
  diskNamed,
  removeDisks,
  type VirtualDiskElement,
  type VolumeGroupDocument,
  type VolumeGroupHandle,
} from './volume-group.js';

/** Label of a cached image whose bytes are not all there. A daemon that is killed leaves it so. */
const unfinished = 'uploading';
/** RETRY-4 */
const uploadAttempts = 4;

/** The cached image, complete and ready to be copied (IMGC-2). */
export function cachedImage(group: VolumeGroupDocument, imageId: string): VirtualDiskElement | undefined {
  const disk = diskNamed(group, cachedImageName(imageId));
  return disk && isUnfinished(disk) ? undefined : disk;
}

/**
 * Images as virtual disks in the volume group of the instance disks, so that a deployment is a copy inside the VIOS
 * (section 5.3).
 */
export class ImageCache {
  readonly #session: Session;
  readonly #group: VolumeGroupHandle;
  readonly #clock: Clock;
  /** Deployments read, the clean-up writes (IMGC-3). */
  readonly #inUse = new ReadWriteLock();
  /** By image id. */
  readonly #uploads = new SharedWork<boolean>();

  constructor(session: Session, group: VolumeGroupHandle, clock: Clock) {
    this.#session = session;
    this.#group = group;
    this.#clock = clock;
  }

  /** Runs work during which no cached image is removed. */
  async keep<R>(work: () => Promise<R>, call: CallOptions): Promise<R> {
    return this.#inUse.read(work, call);
  }

  /** Makes sure that an image is in the cache; false when it was there. Uploaded once, however many ask. */
  async fill(source: ImageSource, operation: Operation): Promise<boolean> {
    const { id, size } = source.image;
    if (id === null || size === null)
      throw new DriverError(
        'PVM_IMAGE_UNAVAILABLE',
        'The image has no id or no size, so it cannot be deployed',
      );
    const upload = () => this.#fillAlone(source, { id, size }, operation);
    const { result, own } = await this.#uploads.run(id, operation.signal, upload);
    return own && result;
  }

  /** Removes every cached image that none of these ids is (IMGC-3). */
  async clean(usedImageIds: readonly string[], operation: Operation): Promise<void> {
    const used = new Set(usedImageIds.map(cachedImageName));
    const unused = (disk: VirtualDiskElement): boolean => {
      const name = baseName(disk.diskName ?? '');
      return isCachedImageName(name) && !used.has(name);
    };
    const edit = (group: VolumeGroupDocument): boolean => removeDisks(group, unused);
    await this.#inUse.write(() => this.#group.edit(edit, operation), operation);
  }

  async #fillAlone(
    source: ImageSource,
    image: { id: string; size: number },
    operation: Operation,
  ): Promise<boolean> {
    const name = cachedImageName(image.id);
    const group = await this.#orRemove(name, isUnfinished, operation, () =>
      this.#addUnfinished({ name, sizeGb: wholeGb(image.size) }, operation),
    );
    if (group === 'present') return false;
    const udid = diskNamed(group, name)?.uniqueDeviceID;
    // Nobody has used the image before its label is there, so it goes even if the answer to the label was lost.
    await this.#orRemove(
      name,
      () => true,
      operation,
      async () => {
        await this.#upload(source, { name, size: image.size, udid }, operation);
        await this.#group.edit((document) => label(document, name, image.id), operation);
      },
    );
    return true;
  }

  /** Makes room for an image, unless it is there. What a killed daemon has left of it goes: nobody else uploads here. */
  async #addUnfinished(
    { name, sizeGb }: { readonly name: string; readonly sizeGb: number },
    operation: Operation,
  ): Promise<VolumeGroupDocument | 'present'> {
    const addition = new ImageAddition(name, sizeGb);
    const edit = (document: VolumeGroupDocument): boolean => addition.apply(document);
    let group = await this.#group.edit(edit, operation);
    if (addition.outcome === 'leftover') {
      await this.#remove(name, isUnfinished, operation);
      group = await this.#group.edit(edit, operation);
    }
    return addition.outcome === 'present' ? 'present' : group;
  }

  /** Does work on an image; when it fails the image goes, also when the caller has given up. */
  async #orRemove<R>(
    name: string,
    unwanted: (disk: VirtualDiskElement) => boolean,
    { log }: Operation,
    work: () => Promise<R>,
  ): Promise<R> {
    try {
      return await work();
    } catch (thrown) {
      await this.#remove(name, unwanted, {}).catch((second: unknown) =>
        log.error(`The half-uploaded image ${name} could not be removed: ${sentenceOf(second)}`),
      );
      throw thrown;
    }
  }

  async #remove(
    name: string,
    unwanted: (disk: VirtualDiskElement) => boolean,
    call: CallOptions,
  ): Promise<void> {
    const isIt = (disk: VirtualDiskElement): boolean =>
      baseName(disk.diskName ?? '') === name && unwanted(disk);
    await this.#group.edit((document) => removeDisks(document, isIt), call);
  }

  /** Each attempt opens the image anew: a stream that broke cannot be read twice (L-44). */
  async #upload(
    source: ImageSource,
    target: { name: string; size: number; udid: string | undefined },
    { signal, log }: Operation,
  ): Promise<void> {
    for (let attempt = 1; ; attempt += 1)
      try {
        const { body } = await source.open({ signal });
        await this.#session.upload({
          kind: 'BROKERED_DISK_IMAGE',
          name: target.name,
          viosId: this.#group.vios.id,
          ...(target.udid === undefined ? {} : { deviceUdid: target.udid }),
          size: target.size,
          body,
          signal,
        });
        return;
      } catch (thrown) {
        if (attempt === uploadAttempts || signal.aborted)
          throw asDriverError(thrown, 'PVM_IMAGE_UNAVAILABLE', `Uploading image ${source.image.id} failed`);
        log.warn(`Uploading image ${source.image.id} failed, trying again: ${sentenceOf(thrown)}`);
        await this.#clock.sleep(1000 + Math.random() * 4000, signal);
      }
  }
}

/** The edit that makes room for an image; it recognises its own effect when it is applied again (design 3.2). */
class ImageAddition {
  readonly #name: string;
  readonly #sizeGb: number;
  #added = false;
  outcome: 'added' | 'present' | 'leftover' = 'added';

  constructor(name: string, sizeGb: number) {
    this.#name = name;
    this.#sizeGb = sizeGb;
  }

  apply(group: VolumeGroupDocument): boolean {
    const disk = diskNamed(group, this.#name);
    if (disk) {
      if (!this.#added) this.outcome = isUnfinished(disk) ? 'leftover' : 'present';
      return false;
    }
    const freeGb = group.availableSize ?? Number.POSITIVE_INFINITY;
    if (this.#sizeGb > freeGb) throw noRoom(group.groupName ?? '', this.#sizeGb, freeGb);
    group.virtualDisks.add({
      diskCapacity: this.#sizeGb,
      diskLabel: unfinished,
      diskName: this.#name,
      virtualDiskType: 'LogicalVolume',
    });
    this.#added = true;
    this.outcome = 'added';
    return true;
  }
}

function isUnfinished({ diskLabel }: VirtualDiskElement): boolean {
  return diskLabel === unfinished;
}

function label(group: VolumeGroupDocument, name: string, text: string): boolean {
  const disk = diskNamed(group, name);
  if (!disk || disk.diskLabel === text) return false;
  disk.diskLabel = text;
  return true;
}
