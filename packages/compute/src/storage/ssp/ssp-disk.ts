import { PowerVMError, type Session } from '@openstack-powervm/rest';
import type { Clock } from '../../clock.js';
import type { Instance } from '../../contract/index.js';
import { DriverError } from '../../errors/index.js';
import type { CallOptions, Operation } from '../../flow/index.js';
import type { DiskCapacity } from '../../host/resources.js';
import type { Disk, DiskDriver, DiskRequest, ImageSource } from '../disk-driver.js';
import { type DiskKind, logicalUnitName, logicalUnitNames } from '../disk-names.js';
import type { StorageRef } from '../mapping.js';
import type { PoolHandle } from './cluster.js';
import { ImageUnits } from './image-units.js';
import { diskType, imageType, isCloneOf, type UnitEntity, Units } from './units.js';

/** An image may be removed by another host, after its last clone, between our look and our clone. */
const cloneAttempts = 3;

/** Instance disks as logical units of a Shared Storage Pool, cloned from image units (section 10.3). */
export class SspDisk implements DiskDriver {
  readonly name = 'ssp';
  readonly capabilities = { sharedStorage: true, imageCache: false, capture: true };
  /** Every VIOS of the cluster shows the disks (SSP-3). */
  readonly preferredVios = undefined;
  readonly #pool: PoolHandle;
  readonly #units: Units;
  readonly #images: ImageUnits;

  constructor(session: Session, pool: PoolHandle, surroundings: { clock: Clock; host: string }) {
    this.#pool = pool;
    this.#units = new Units(session, pool.tierId);
    this.#images = new ImageUnits(session, pool, this.#units, surroundings);
  }

  async sharedStorageId(): Promise<string> {
    return this.#pool.id;
  }

  async capacity(call: CallOptions): Promise<DiskCapacity> {
    return this.#pool.capacity(call);
  }

  async createFromImage(request: DiskRequest, source: ImageSource, operation: Operation): Promise<Disk> {
    for (let attempt = 1; ; attempt += 1) {
      const { unit: image } = await this.#images.obtain(source, operation);
      try {
        return await this.#create(request, image.value.uniqueDeviceID, operation);
      } catch (thrown) {
        if (attempt === cloneAttempts || !PowerVMError.is(thrown, 'PVM_NOT_FOUND')) throw thrown;
      }
    }
  }

  async createBlank(request: DiskRequest, call: CallOptions): Promise<Disk> {
    return this.#create(request, undefined, call);
  }

  async cacheImage(source: ImageSource, operation: Operation): Promise<boolean> {
    return (await this.#images.obtain(source, operation)).isNew;
  }

  /** A daemon that was killed in the middle of an upload (SSPIMG-6, R06). */
  async recover(operation: Operation): Promise<void> {
    await this.#images.removeInterrupted(operation);
  }

  /** Image units go with their last clone (SSPIMG-4); there is no cache to clean. */
  async cleanCache(): Promise<void> {}

  async find(kind: DiskKind, instance: Instance, call: CallOptions): Promise<Disk | undefined> {
    const unit = (await this.#units.list(call)).find(
      ({ value }) =>
        value.unitName === logicalUnitName(kind, instance) && value.logicalUnitType !== imageType,
    );
    return unit && this.#diskOf(unit, call);
  }

  owns(instance: Instance, storage: StorageRef): boolean {
    return storage.kind === 'unit' && logicalUnitNames('all', instance).own.has(storage.name);
  }

  async delete(
    instance: Instance,
    kinds: readonly DiskKind[] | 'all',
    wereMapped: readonly StorageRef[],
    call: CallOptions,
  ): Promise<void> {
    const { own, traditional } = logicalUnitNames(kinds, instance);
    const mapped = new Set(wereMapped.flatMap((storage) => (storage.kind === 'unit' ? [storage.udid] : [])));
    const units = await this.#units.list(call);
    const unwanted = units.filter(({ value: { unitName = '', uniqueDeviceID = '', logicalUnitType } }) => {
      if (logicalUnitType === imageType) return false;
      return own.has(unitName) || (traditional.has(unitName) && mapped.has(uniqueDeviceID));
    });
    for (const unit of unwanted) await this.#units.delete(unit, call);
    await this.#deleteOrphanedImages(units, unwanted, call);
  }

  /** SSP-7. The guest finds the new size when it starts: a resize has stopped it. */
  async extend({ storage }: Disk, sizeGb: number, call: CallOptions): Promise<void> {
    const units = await this.#units.list(call);
    const unit = units.find(({ value }) => storage.kind === 'unit' && value.uniqueDeviceID === storage.udid);
    if (!unit)
      throw new DriverError('PVM_DISK_NOT_FOUND', `The pool has no logical unit ${storage.name}`, {
        disk: storage.name,
      });
    await this.#units.grow(unit, sizeGb, call);
  }

  async #create(request: DiskRequest, clonedFrom: string | undefined, call: CallOptions): Promise<Disk> {
    const { kind, instance, sizeGb } = request;
    const name = logicalUnitName(kind, instance);
    // What an earlier attempt has left would have the same name.
    await this.delete(instance, [kind], [], call);
    const unit = await this.#units.create({ name, type: diskType, sizeGb, clonedFrom }, call);
    return this.#diskOf(unit, call);
  }

  /** An image goes with its last clone, unless somebody is just cloning it: then the platform refuses. */
  async #deleteOrphanedImages(
    before: readonly UnitEntity[],
    deleted: readonly UnitEntity[],
    call: CallOptions,
  ): Promise<void> {
    const remaining = before.filter((unit) => !deleted.includes(unit));
    const images = remaining.filter(({ value }) => value.logicalUnitType === imageType);
    for (const image of images) {
      const lostOne = deleted.some((unit) => isCloneOf(unit, image));
      if (!lostOne || remaining.some((unit) => isCloneOf(unit, image))) continue;
      await this.#units.delete(image, call).catch(ignoreRefusal);
    }
  }

  async #diskOf({ value }: UnitEntity, call: CallOptions): Promise<Disk> {
    const { unitName: name = '', uniqueDeviceID: udid = '', unitCapacity: sizeGb = 0 } = value;
    return { storage: { kind: 'unit', name, udid }, viosIds: await this.#pool.viosIds(call), sizeGb };
  }
}

function ignoreRefusal(thrown: unknown): void {
  if (!PowerVMError.is(thrown, 'PVM_REQUEST_REFUSED')) throw thrown;
}
