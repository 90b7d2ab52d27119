import type { AnyPartition } from './partition.js';
import type { PhysicalVolume } from './physical-volume.js';
import type { LogicalUnit } from './shared-storage-pool.js';
import type { OpticalMedia, VirtualDisk } from './volume-group.js';

/** RemoteSlotNumber of a server adapter that takes any client (protocol reference 3.14). */
export const ANY_SLOT = 65_535;

/** A virtual SCSI bus: the server adapter in the VIOS and the client adapter in a partition. */
export interface ScsiAdapterPair {
  /** `vhost3` */
  readonly name: string;
  readonly number: number;
  readonly serverSlot: number;
  /** Partition id and slot that the server adapter names; they outlive the client. */
  readonly remoteId: number;
  readonly remoteSlot: number;
  /** Undefined when the client is gone: the mapping is an orphan. */
  client: AnyPartition | undefined;
}

/** What backs a target device. */
export type ScsiStorage =
  | { readonly kind: 'VirtualDisk'; readonly disk: VirtualDisk }
  | { readonly kind: 'PhysicalVolume'; readonly volume: PhysicalVolume }
  | { readonly kind: 'VirtualOpticalMedia'; readonly media: OpticalMedia }
  | { readonly kind: 'LogicalUnit'; readonly unit: LogicalUnit };

export interface TargetDevice {
  readonly kind: ScsiStorage['kind'];
  /** `vtscsi4`, `vtopt0`, or what the client asked for. */
  readonly name: string;
  /** Undefined when the client named the device itself. */
  readonly number: number | undefined;
  readonly udid: string;
  /** `0x8100000000000000` */
  readonly address: string;
}

/** One element of VirtualSCSIMappings: a bus with one target device on it, or an empty bus (protocol reference 3.14). */
export interface ScsiMapping {
  readonly adapters: ScsiAdapterPair;
  storage: ScsiStorage | undefined;
  target: TargetDevice | undefined;
}

/** The name of the storage on the VIOS, as in BackingDeviceName. */
export function storageName(storage: ScsiStorage): string {
  switch (storage.kind) {
    case 'VirtualDisk':
      return storage.disk.name;
    case 'PhysicalVolume':
      return storage.volume.name;
    case 'VirtualOpticalMedia':
      return storage.media.name;
    case 'LogicalUnit':
      return storage.unit.name;
  }
}

export function storageUdid(storage: ScsiStorage): string {
  switch (storage.kind) {
    case 'VirtualDisk':
      return storage.disk.udid;
    case 'PhysicalVolume':
      return storage.volume.udid;
    case 'VirtualOpticalMedia':
      return storage.media.udid;
    case 'LogicalUnit':
      return storage.unit.udid;
  }
}
