import type { BackingObject } from './backing-object.js';
import type { AnyPartition } from './partition.js';
import type { PhysicalVolume } from './physical-volume.js';
import type { LogicalUnit } from './shared-storage-pool.js';
import type { VirtualIOServer } from './vios.js';
import type { OpticalMedia, VirtualDisk } from './volume-group.js';

/** RemoteSlotNumber of a server adapter that takes any client (protocol reference 3.14). */
export const ANY_SLOT = 65_535;

/** A virtual SCSI bus: the server adapter in the VIOS and the client adapter in a partition. */
export interface ScsiAdapterPair {
  /** `vhost3`; on NovaLink, which has no such names, the number of the adapter: `30000010`. */
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
  | { readonly kind: 'LogicalUnit'; readonly unit: LogicalUnit }
  | {
      readonly kind: 'BackingObject';
      readonly object: BackingObject;
      /** As the client asked for it. */
      readonly backStore: string | undefined;
      readonly user: string | undefined;
    };

/** What a client takes the device for. */
export type TargetKind = 'VirtualDisk' | 'PhysicalVolume' | 'VirtualOpticalMedia' | 'LogicalUnit';

export interface TargetDevice {
  readonly kind: TargetKind;
  /** `vtscsi4`, `vtopt0`, or what the client asked for. */
  readonly name: string;
  /** Undefined when the client named the device itself. */
  readonly number: number | undefined;
  readonly udid: string;
  /** `0x8100000000000000`, `lun1` on NovaLink */
  readonly address: string;
}

/** One element of VirtualSCSIMappings: a bus with one target device on it, or an empty bus (protocol reference 3.14). */
export interface ScsiMapping {
  readonly adapters: ScsiAdapterPair;
  storage: ScsiStorage | undefined;
  target: TargetDevice | undefined;
}

/** What references in new mappings call it. */
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
    case 'BackingObject':
      return storage.object.name;
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
    case 'BackingObject':
      return storage.object.udid;
  }
}

/** Installation images are optical drives (capture fake_vios_hosting_vios_feed.txt). */
export function targetKind(storage: ScsiStorage): TargetKind {
  if (storage.kind !== 'BackingObject') return storage.kind;
  return storage.object.name.endsWith('.iso') ? 'VirtualOpticalMedia' : 'VirtualDisk';
}

/** What people call the storage. */
export const storageLabel = (
  storage: ScsiStorage,
): Exclude<ScsiStorage['kind'], 'BackingObject'> | 'File' | 'RBD' =>
  storage.kind === 'BackingObject' ? storage.object.type : storage.kind;

/** The element that a mapping has for the storage. */
export const storageElement = (storage: ScsiStorage): TargetKind =>
  storage.kind === 'BackingObject' ? 'VirtualDisk' : storage.kind;

/** BackingDeviceName: the device of the VIOS, or a path of NovaLink. */
export function backingDevice(vios: VirtualIOServer, storage: ScsiStorage): string {
  const name = storageName(storage);
  if (storage.kind !== 'VirtualDisk' || !vios.isManagement || name.startsWith('/')) return name;
  return `/dev/${storage.disk.group.name}/${name}`;
}

/** How Linux numbers a virtual adapter. */
export const linuxNumber = (slot: number): string => (0x30000000 | slot).toString(16);
