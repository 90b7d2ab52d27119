import { nameUuid } from './identity.js';
import { conflict, invalid } from './refusal.js';
import { usersOf } from './storage-use.js';
import { BYTES_PER_GB, groupCapacityGb, type VirtualDisk, type VolumeGroup } from './volume-group.js';
import type { World } from './world.js';

/** A VirtualDisk of a posted volume group. Without `udid` it is to be made. */
export interface DiskRequest {
  readonly udid: string | undefined;
  readonly name: string;
  readonly label: string;
  readonly capacityGb: number;
  /** UDID of the disk whose bytes the new one starts with. */
  readonly baseImage: string | undefined;
}

export interface DiskWork {
  /** Makes the state and answers with the new list. */
  apply(): VirtualDisk[];
  /** Copies and removes bytes. */
  finish(): Promise<void>;
}

/** Checks what a posted list of disks means; nothing is changed yet. */
export function planDisks(
  world: World,
  group: VolumeGroup,
  requests: readonly DiskRequest[],
  repositoryGb: number,
): DiskWork {
  const kept = requests.filter((request) => request.udid !== undefined);
  const created = requests.filter((request) => request.udid === undefined);
  for (const request of kept) checkKept(group, request);
  const removed = group.disks.filter((disk) => !kept.some((request) => request.udid === disk.udid));
  for (const disk of removed) checkUnused(group, disk);
  created.forEach((request, index) => {
    checkNew(group, request, removed, created.slice(0, index));
  });
  checkRoom(group, requests, repositoryGb);
  return {
    apply: () => [
      ...group.disks.flatMap((disk) => keepDisk(world, disk, kept)),
      ...created.map((request) => makeDisk(world, group, request)),
    ],
    finish: async () => {
      await Promise.all([
        ...created.map((request) => copyBase(world, group, request)),
        ...removed.map((disk) => world.bytes.remove(disk.udid)),
      ]);
    },
  };
}

function checkKept(group: VolumeGroup, request: DiskRequest): void {
  const disk = group.disks.find((candidate) => candidate.udid === request.udid);
  if (disk === undefined)
    throw invalid(`Volume group ${group.name} has no virtual disk with UDID ${request.udid}.`);
  if (request.capacityGb < disk.capacityGb) {
    throw invalid(
      `Virtual disk ${disk.name} has ${disk.capacityGb} GB and cannot shrink to ${request.capacityGb} GB.`,
    );
  }
}

function checkUnused(group: VolumeGroup, disk: VirtualDisk): void {
  const user = usersOf(group.vios, disk.udid)[0];
  if (user !== undefined) {
    throw conflict(
      `Virtual disk ${disk.name} cannot be deleted: it is mapped through ${user.adapters.name}.`,
    );
  }
}

/** Protocol reference 2.7: names have 15 characters at most, files 79; logical volume names are unique on a VIOS. */
function checkNew(
  group: VolumeGroup,
  request: DiskRequest,
  removed: readonly VirtualDisk[],
  before: readonly DiskRequest[],
): void {
  const most = group.directory === undefined ? 15 : 79;
  const name = diskName(group, request);
  const last = group.directory === undefined ? name : name.slice(group.directory.length + 1);
  if (!/^[\w.+-]*\w[\w.+-]*$/.test(last) || last.length > most) {
    throw invalid(`"${request.name}" cannot be a virtual disk name: 1 to ${most} letters, digits and _.+-`);
  }
  if (!(request.capacityGb > 0))
    throw invalid(`DiskCapacity ${request.capacityGb} of ${request.name} is not a size.`);
  const taken =
    before.some((other) => diskName(group, other) === name) ||
    [...group.vios.volumeGroups].some((other) =>
      other.disks.some((disk) => disk.name === name && !removed.includes(disk)),
    );
  if (taken) throw conflict(`VIOS ${group.vios.name} already has a virtual disk named ${name}.`);
  if (request.baseImage !== undefined && findDisk(group, request.baseImage) === undefined) {
    throw invalid(`BaseImage ${request.baseImage} of ${request.name} is not a virtual disk of this VIOS.`);
  }
}

function checkRoom(group: VolumeGroup, requests: readonly DiskRequest[], repositoryGb: number): void {
  const wanted = requests.reduce((sum, request) => sum + request.capacityGb, repositoryGb);
  const capacity = groupCapacityGb(group);
  if (wanted > capacity + 1e-6) {
    throw conflict(`Volume group ${group.name} has ${capacity} GB; ${wanted} GB would be needed.`);
  }
}

function keepDisk(world: World, disk: VirtualDisk, kept: readonly DiskRequest[]): VirtualDisk[] {
  const request = kept.find((candidate) => candidate.udid === disk.udid);
  if (request === undefined) return [];
  if (request.capacityGb > disk.capacityGb) {
    disk.capacityGb = request.capacityGb;
    world.bytes.resize(disk.udid, bytesOf(disk.capacityGb));
  }
  disk.label = request.label;
  return [disk];
}

function makeDisk(world: World, group: VolumeGroup, request: DiskRequest): VirtualDisk {
  const name = diskName(group, request);
  const number = group.nextDiskNumber;
  const udid =
    group.directory === undefined
      ? `03${group.serial}.${number}`
      : nameUuid(`${group.uuid}/${name}/${number}`);
  group.nextDiskNumber += 1;
  world.bytes.create(udid, bytesOf(request.capacityGb));
  return { group, udid, name, label: request.label, capacityGb: request.capacityGb };
}

/** Files are called by their paths, whether the client wrote the directory or not. */
function diskName({ directory }: VolumeGroup, { name }: DiskRequest): string {
  return directory === undefined || name.startsWith(`${directory}/`) ? name : `${directory}/${name}`;
}

async function copyBase(world: World, group: VolumeGroup, request: DiskRequest): Promise<void> {
  const disk = group.disks.find((candidate) => candidate.name === diskName(group, request));
  if (disk === undefined || request.baseImage === undefined) return;
  await world.bytes.copy(request.baseImage, disk.udid);
}

function findDisk(group: VolumeGroup, udid: string): VirtualDisk | undefined {
  return [...group.vios.volumeGroups].flatMap((other) => other.disks).find((disk) => disk.udid === udid);
}

const bytesOf = (gb: number): number => Math.ceil((gb * BYTES_PER_GB) / 512) * 512;
