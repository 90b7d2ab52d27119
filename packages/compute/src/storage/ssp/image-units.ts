import { createHash } from 'node:crypto';
import { PowerVMError, type Session } from '@openstack-powervm/rest';
import type { Clock } from '../../clock.js';
import type { Image } from '../../contract/index.js';
import { asDriverError, DriverError, sentenceOf } from '../../errors/index.js';
import { type Operation, SharedWork } from '../../flow/index.js';
import { fileName } from '../../partition/naming.js';
import type { ImageSource } from '../disk-driver.js';
import type { PoolHandle } from './cluster.js';
import { imageType, isCloneOf, type UnitEntity, type Units } from './units.js';

/** Longest unit name, and what the marker's prefix leaves of it (SSPIMG-1). */
const nameLimit = 79;
const targetLimit = 67;
/** GB; a marker has to have some size (SSPIMG-2). */
const markerGb = 0.001;
const removalAttempts = 3;
const removalPauseMs = 2000;
/** Looks at somebody else's marker, 30 to 60 s apart, until it counts as left behind by a host that died. */
const patience = 120;

/** An image's unit, and whether this host has just uploaded it. */
interface Obtained {
  readonly unit: UnitEntity;
  readonly isNew: boolean;
}

/** What the pool holds of an image. */
interface Seen {
  /** The image itself; half of it while there are markers. */
  readonly ready: UnitEntity | undefined;
  readonly isCloned: boolean;
  readonly markers: readonly UnitEntity[];
}

function seenOf(target: string, units: readonly UnitEntity[]): Seen {
  const images = units.filter(({ value }) => value.logicalUnitType === imageType);
  const ready = images.find((unit) => nameOf(unit) === target);
  return {
    ready,
    isCloned: ready !== undefined && units.some((unit) => isCloneOf(unit, ready)),
    markers: images.filter((unit) => unit !== ready && nameOf(unit).endsWith(target)),
  };
}

function nameOf({ value }: UnitEntity): string {
  return value.unitName ?? '';
}

/** The image unit's name; every host of a pool must come to the same one (SSPIMG-1, L-40). */
export function imageUnitName(image: Image): string {
  const mark = image.checksum ?? image.id?.replaceAll('-', '') ?? '';
  const full = fileName(image.name ?? '', { prefix: 'image_', suffix: `_${mark}`, limit: nameLimit });
  return full.slice(0, targetLimit);
}

/**
 * Images as logical units that all hosts of the pool clone from. One host uploads, the others wait: a small marker
 * unit says that somebody is at it, and of several the alphabetically first wins (SSPIMG-2, L-41).
 */
export class ImageUnits {
  readonly #session: Session;
  readonly #pool: PoolHandle;
  readonly #units: Units;
  readonly #clock: Clock;
  /** The same at every start, so that a daemon that was killed knows its own marker again (SSPIMG-6, B-53). */
  readonly #ownPrefix: string;
  readonly #uploads = new SharedWork<Obtained>();

  constructor(
    session: Session,
    pool: PoolHandle,
    units: Units,
    { clock, host }: { clock: Clock; host: string },
  ) {
    this.#session = session;
    this.#pool = pool;
    this.#units = units;
    this.#clock = clock;
    this.#ownPrefix = `part${createHash('sha256').update(host).digest('hex').slice(0, 8)}`;
  }

  /** The image's unit, uploaded first if need be. Callers at the same time share the work; it is new to one of them. */
  async obtain(source: ImageSource, operation: Operation): Promise<Obtained> {
    const target = imageUnitName(source.image);
    const upload = () => this.#obtainAlone(target, source, operation);
    const { result, own } = await this.#uploads.run(target, operation.signal, upload);
    return { unit: result.unit, isNew: own && result.isNew };
  }

  /**
   * Removes what uploads of this host, which was killed, have left; another host would wait for their markers. A failure
   * costs that wait, not the start: the next deployment of the image tries again.
   */
  async removeInterrupted(operation: Operation): Promise<void> {
    try {
      const units = await this.#units.list(operation);
      for (const marker of units.filter((unit) => this.#isOwn(unit))) {
        const target = nameOf(marker).slice(this.#ownPrefix.length);
        await this.#clearAway([marker], seenOf(target, units), operation);
      }
    } catch (thrown) {
      operation.signal.throwIfAborted();
      operation.log.warn(`What interrupted uploads left could not be removed: ${sentenceOf(thrown)}`);
    }
  }

  async #obtainAlone(target: string, source: ImageSource, operation: Operation): Promise<Obtained> {
    for (let looks = 0; ; looks += 1) {
      const seen = await this.#look(target, operation);
      const { ready, markers } = seen;
      const stale = markers.filter((marker) => this.#isOwn(marker) || looks >= patience);
      if (stale.length > 0) await this.#clearAway(stale, seen, operation);
      else if (markers.length > 0) await this.#wait(markers, looks, operation);
      else if (ready) return { unit: ready, isNew: false };
      else {
        const made = await this.#race(target, source, operation);
        if (made) return { unit: made, isNew: true };
      }
    }
  }

  async #look(target: string, operation: Operation): Promise<Seen> {
    return seenOf(target, await this.#units.list(operation));
  }

  /** Nobody in this daemon uploads the image now, so a marker of this host is a killed daemon's. */
  #isOwn(unit: UnitEntity): boolean {
    return unit.value.logicalUnitType === imageType && nameOf(unit).startsWith(`${this.#ownPrefix}image_`);
  }

  /**
   * What the dead uploader had made of the image is as unfinished as its marker says, unless somebody else is still at
   * it or it has been cloned.
   */
  async #clearAway(stale: readonly UnitEntity[], seen: Seen, operation: Operation): Promise<void> {
    const isDead = seen.markers.every((marker) => stale.includes(marker)) && !seen.isCloned;
    const half = isDead && seen.ready ? [seen.ready] : [];
    const names = [...half, ...stale].map(nameOf).join(', ');
    operation.log.warn(`Removing ${names}: a host that died in the middle of an upload has left it`);
    for (const unit of [...half, ...stale]) await this.#units.delete(unit, operation);
  }

  async #wait(markers: readonly UnitEntity[], looks: number, { log, signal }: Operation): Promise<void> {
    const names = markers.map(nameOf).join(', ');
    if (looks % 10 === 0) log.info(`Another host is uploading the image (${names}); waiting`);
    await this.#clock.sleep(30_000 + Math.random() * 30_000, signal);
  }

  /** Undefined when another host was faster. */
  async #race(target: string, source: ImageSource, operation: Operation): Promise<UnitEntity | undefined> {
    const name = `${this.#ownPrefix}${target}`;
    const marker = await this.#make(name, markerGb, operation);
    try {
      const { ready, markers } = await this.#look(target, operation);
      if (ready || markers.some((marker) => nameOf(marker) < name)) return undefined;
      return await this.#upload(target, source, operation);
    } finally {
      await this.#removeAlways(marker, operation);
    }
  }

  async #upload(target: string, source: ImageSource, operation: Operation): Promise<UnitEntity> {
    const { size } = source.image;
    if (size === null)
      throw new DriverError('PVM_IMAGE_UNAVAILABLE', 'The image has no size, so it cannot be deployed');
    const sizeGb = Math.max(markerGb, Math.ceil((size / 1024 ** 3) * 100) / 100);
    const unit = await this.#make(target, sizeGb, operation);
    try {
      const viosIds = await this.#pool.viosIds(operation);
      const { body } = await source.open(operation);
      await this.#session.upload({
        kind: 'BROKERED_DISK_IMAGE',
        name: target,
        viosId: viosIds[Math.floor(Math.random() * viosIds.length)] ?? '',
        deviceUdid: unit.value.uniqueDeviceID,
        size,
        body,
        signal: operation.signal,
      });
      return unit;
    } catch (thrown) {
      await this.#removeAlways(unit, operation);
      throw asDriverError(thrown, 'PVM_IMAGE_UNAVAILABLE', `Uploading image ${source.image.id} failed`);
    }
  }

  /**
   * Makes a unit. A caller that gives up does not cut the request off, and where the answer is lost the unit is looked
   * for: a marker that nobody knows of would block the image, an empty unit would pass for the whole image.
   */
  async #make(name: string, sizeGb: number, operation: Operation): Promise<UnitEntity> {
    operation.signal.throwIfAborted();
    try {
      return await this.#units.create({ name, type: imageType, sizeGb }, {});
    } catch (thrown) {
      if (!PowerVMError.is(thrown, 'PVM_REQUEST_REFUSED')) await this.#removeNamed(name, operation);
      throw thrown;
    }
  }

  async #removeNamed(name: string, operation: Operation): Promise<void> {
    const units = await this.#units.list({}).catch(() => []);
    for (const unit of units) if (nameOf(unit) === name) await this.#removeAlways(unit, operation);
  }

  /** Also when the caller has given up, and more than once: a marker that stays blocks the image on every host. */
  async #removeAlways(unit: UnitEntity, { log }: Operation): Promise<void> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.#units.delete(unit, {});
      } catch (thrown) {
        const name = nameOf(unit);
        if (attempt === removalAttempts)
          return log.error(`The unit ${name} could not be removed: ${sentenceOf(thrown)}`);
        log.warn(`The unit ${name} could not be removed, trying again: ${sentenceOf(thrown)}`);
        await this.#clock.sleep(removalPauseMs);
      }
  }
}
