import type { Instance } from '../contract/index.js';
import { baseName, type DiskKind, everyDiskKind, virtualDiskNames } from './disk-names.js';
import type { VirtualDiskElement } from './volume-group.js';

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Tells an instance's virtual disks from those of others. We write the instance UUID into the disk's label; a disk
 * that another tool made has none, and then only its name speaks (ID-8, DESTROY-11).
 */
export class DiskOwner {
  readonly #names: ReadonlySet<string>;
  readonly #uuid: string;

  constructor(instance: Pick<Instance, 'name' | 'uuid'>, kinds: readonly DiskKind[] | 'all') {
    const wanted = kinds === 'all' ? everyDiskKind : kinds;
    this.#names = new Set(wanted.flatMap((kind) => virtualDiskNames(kind, instance)));
    this.#uuid = instance.uuid.toLowerCase();
  }

  /** The disk carries our label and one of our names: certainly ours. */
  owns(disk: VirtualDiskElement): boolean {
    return this.#hasOwnName(disk) && disk.diskLabel?.toLowerCase() === this.#uuid;
  }

  /** The disk has one of our names and nobody's label: ours if it was seen mapped to the partition. */
  mayOwn(disk: VirtualDiskElement): boolean {
    return this.#hasOwnName(disk) && !uuidForm.test(disk.diskLabel ?? '');
  }

  #hasOwnName(disk: VirtualDiskElement): boolean {
    return this.#names.has(baseName(disk.diskName ?? ''));
  }
}
