import type { Image, Instance } from '../contract/index.js';
import type { CallOptions, Operation } from '../flow/index.js';
import type { DiskCapacity } from '../host/resources.js';
import type { DiskKind } from './disk-names.js';
import type { ImageStream } from './image-store.js';
import type { StorageRef } from './mapping.js';

/** One disk of an instance. */
export interface Disk {
  readonly storage: StorageRef;
  /** VIOSes that show it to the partition. */
  readonly viosIds: readonly string[];
  /** GB */
  readonly sizeGb: number;
}

/** An image and how to open it; opened only if its bytes are needed (SSPIMG-5). */
export interface ImageSource {
  readonly image: Image;
  open(call: CallOptions): Promise<ImageStream>;
}

export interface DiskRequest {
  readonly kind: DiskKind;
  readonly instance: Instance;
  /** whole GB */
  readonly sizeGb: number;
}

/** Where instance disks live: a volume group of one VIOS, or a Shared Storage Pool (section 10). */
export interface DiskDriver {
  readonly name: 'localdisk' | 'ssp';
  /** DSK-1. Objects of their own for each driver (CAP-3). */
  readonly capabilities: {
    readonly sharedStorage: boolean;
    readonly imageCache: boolean;
    /** Disks can be read from the NovaLink partition (SNAP-1). */
    readonly capture: boolean;
  };
  /** What identifies storage shared between hosts; null when it is this host's own (HOST-10). */
  sharedStorageId(call: CallOptions): Promise<string | null>;
  /** The VIOS that shows the disks, where it is always the same one. */
  readonly preferredVios: string | undefined;
  /** Total and used from the same object (SSP-4). */
  capacity(call: CallOptions): Promise<DiskCapacity>;
  /** Removes what a killed daemon has left unfinished and nobody else would ever remove; fails for an abort only. */
  recover(operation: Operation): Promise<void>;
  /** Makes a disk with the content of an image. */
  createFromImage(request: DiskRequest, source: ImageSource, operation: Operation): Promise<Disk>;
  /** Makes an empty disk. */
  createBlank(request: DiskRequest, call: CallOptions): Promise<Disk>;
  /** The disk of an instance, if it exists. */
  find(kind: DiskKind, instance: Instance, call: CallOptions): Promise<Disk | undefined>;
  /** Tells whether storage is, by its name, certainly the instance's own. */
  owns(instance: Instance, storage: StorageRef): boolean;
  /**
   * Deletes the instance's disks of these kinds. Only disks with exactly the names that this driver gives
   * (DESTROY-11), only after they were unmapped (DSK-7); `wereMapped` is what was found mapped to the partition. A
   * disk that is gone is no error.
   */
  delete(
    instance: Instance,
    kinds: readonly DiskKind[] | 'all',
    wereMapped: readonly StorageRef[],
    call: CallOptions,
  ): Promise<void>;
  /** Makes a disk larger, never smaller (REV-3). */
  extend(disk: Disk, sizeGb: number, call: CallOptions): Promise<void>;
  /** Puts an image into the cache; false when it was there (IMGC-5). */
  cacheImage(source: ImageSource, operation: Operation): Promise<boolean>;
  /** Removes cached images that none of these ids is (IMGC-3). */
  cleanCache(usedImageIds: readonly string[], operation: Operation): Promise<void>;
}
