import type { PhysicalVolume } from './physical-volume.js';
import type { VirtualIOServer } from './vios.js';

/** A volume group of a VIOS with its virtual disks and, in at most one group, the media repository (3.12). */
export interface VolumeGroup {
  readonly kind: 'VolumeGroup';
  readonly uuid: string;
  readonly vios: VirtualIOServer;
  readonly name: string;
  /** Where its disks are files: on NovaLink only. */
  readonly directory: string | undefined;
  /** 32 hex digits; the UDID is `04` + serial. */
  readonly serial: string;
  readonly volumes: PhysicalVolume[];
  readonly disks: VirtualDisk[];
  repository: MediaRepository | undefined;
  nextDiskNumber: number;
  revision: number;
  readonly createdAt: number;
}

/** A logical volume given to clients, or a file of a group that has a directory. */
export interface VirtualDisk {
  readonly group: VolumeGroup;
  /** Of a file the path. */
  readonly name: string;
  label: string;
  /** `03` + serial + `.N`, a UUID of files. Also names its bytes. */
  readonly udid: string;
  capacityGb: number;
}

export interface MediaRepository {
  readonly name: string;
  sizeGb: number;
  readonly media: OpticalMedia[];
}

export interface OpticalMedia {
  readonly repository: MediaRepository;
  readonly name: string;
  /** `0e` + name, a UUID on NovaLink. */
  readonly udid: string;
  /** Names its bytes: media of the same name may exist on another VIOS. */
  readonly contentKey: string;
  mountType: 'rw' | 'ro';
  sizeGb: number;
}

export const MEGABYTES_PER_GB = 1024;
export const BYTES_PER_GB = 1024 ** 3;

export const groupUdid = (group: VolumeGroup): string => `04${group.serial}`;

export function groupCapacityGb(group: VolumeGroup): number {
  return Math.floor(group.volumes.reduce((sum, volume) => sum + volume.capacityMb, 0) / MEGABYTES_PER_GB);
}

/** Gigabytes that neither disks nor the repository occupy. */
export function groupFreeGb(group: VolumeGroup): number {
  const disks = group.disks.reduce((sum, disk) => sum + disk.capacityGb, 0);
  return round(groupCapacityGb(group) - disks - (group.repository?.sizeGb ?? 0));
}

export function repositoryFreeGb(repository: MediaRepository): number {
  return round(repository.sizeGb - repository.media.reduce((sum, medium) => sum + medium.sizeGb, 0));
}

const round = (gb: number): number => Math.round(gb * 1e6) / 1e6;
