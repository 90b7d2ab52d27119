import { modified, touch } from '../world/changes.js';
import type { ManagedSystem } from '../world/managed-system.js';
import { conflict, invalid, notFound } from '../world/refusal.js';
import { checkMedia, newMediaIds } from '../world/repository-plan.js';
import { unitsOf } from '../world/shared-storage-pool.js';
import type { VirtualIOServer } from '../world/vios.js';
import { BYTES_PER_GB, repositoryFreeGb, type VolumeGroup } from '../world/volume-group.js';
import type { World } from '../world/world.js';
import type { FileDescriptor } from './file-descriptors.js';

/** Writes what a client sends to the device that the descriptor names. Throws a `Refusal`. */
export async function receiveFile(
  world: World,
  systems: readonly ManagedSystem[],
  file: FileDescriptor,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const vios = findVios(systems, file.vios);
  if (vios.state !== 'running') throw conflict(`VIOS ${vios.name} is ${vios.state}.`);
  const counted = count(file, body);
  if (file.type === 'BROKERED_DISK_IMAGE') await receiveDisk(world, vios, file, counted);
  else await receiveMedia(world, vios, file, counted);
}

/** Checks at creation what can be known then. */
export function checkFilePlan(
  systems: readonly ManagedSystem[],
  file: Pick<FileDescriptor, 'vios' | 'type' | 'device'>,
): void {
  const vios = findVios(systems, file.vios);
  if (file.type !== 'BROKERED_DISK_IMAGE') return;
  if (file.device === undefined) throw invalid('A BROKERED_DISK_IMAGE needs TargetDeviceUniqueDeviceID.');
  requireDevice(vios, file.device);
}

async function receiveDisk(
  world: World,
  vios: VirtualIOServer,
  file: FileDescriptor,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const device = requireDevice(vios, file.device ?? '');
  const { sha256 } = await write(world, device, body);
  check(file, sha256);
}

async function receiveMedia(
  world: World,
  vios: VirtualIOServer,
  file: FileDescriptor,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const group = repositoryGroup(vios);
  checkMedia({ name: file.name, mountType: 'rw', sizeGb: 0 });
  requireNewMedia(group, file.name);
  const { udid, contentKey } = newMediaIds(world, vios, file.name);
  const room = repositoryFreeGb(group.repository) * BYTES_PER_GB;
  world.bytes.create(contentKey, Math.floor(room));
  try {
    const { sizeBytes, sha256 } = await write(world, contentKey, body);
    check(file, sha256);
    requireNewMedia(group, file.name);
    world.bytes.resize(contentKey, sizeBytes);
    const sizeGb = Math.round((sizeBytes / BYTES_PER_GB) * 1e6) / 1e6;
    const { repository } = group;
    repository.media.push({ repository, name: file.name, udid, contentKey, mountType: 'rw', sizeGb });
  } catch (error) {
    await world.bytes.remove(contentKey);
    throw error;
  }
  modified(world, group, 'Other');
  touch(vios);
}

async function write(
  world: World,
  key: string,
  body: AsyncIterable<Uint8Array>,
): Promise<{ sizeBytes: number; sha256: string }> {
  try {
    return await world.bytes.write(key, body);
  } catch (error) {
    if (error instanceof RangeError) throw invalid(`The file is too large: ${error.message}.`);
    throw error;
  }
}

function check(file: FileDescriptor, sha256: string): void {
  if (file.expectedBytes !== undefined && file.expectedBytes !== file.currentBytes) {
    throw invalid(`File ${file.name} has ${file.currentBytes} bytes, ${file.expectedBytes} were announced.`);
  }
  if (file.sha256 !== undefined && file.sha256.toLowerCase() !== sha256) {
    throw invalid(`File ${file.name} has SHA-256 ${sha256}, ${file.sha256} was announced.`);
  }
}

async function* count(file: FileDescriptor, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  file.currentBytes = 0;
  for await (const piece of body) {
    yield piece;
    file.currentBytes += piece.length;
    file.modifiedAt = Date.now();
  }
}

function findVios(systems: readonly ManagedSystem[], uuid: string): VirtualIOServer {
  for (const system of systems) {
    const vios = system.vioses.get(uuid);
    if (vios !== undefined) return vios;
  }
  throw notFound(`There is no VIOS ${uuid}.`);
}

/** The UDID names the bytes of the device. */
function requireDevice(vios: VirtualIOServer, udid: string): string {
  const disk = [...vios.volumeGroups]
    .flatMap((group) => group.disks)
    .find((candidate) => candidate.udid === udid);
  const volume = vios.physicalVolumes.find(
    (candidate) => candidate.udid === udid && candidate.group === undefined && candidate.owner === undefined,
  );
  const unit = vios.cluster && unitsOf(vios.cluster.pool).find((candidate) => candidate.udid === udid);
  if (disk === undefined && volume === undefined && unit === undefined) {
    throw invalid(`VIOS ${vios.name} has no device with UDID ${udid} that can be written.`);
  }
  return udid;
}

type GroupWithRepository = VolumeGroup & { repository: NonNullable<VolumeGroup['repository']> };

function repositoryGroup(vios: VirtualIOServer): GroupWithRepository {
  const group = vios.volumeGroups.find((candidate) => candidate.repository !== undefined);
  if (group?.repository === undefined) throw conflict(`VIOS ${vios.name} has no media repository.`);
  return group as GroupWithRepository;
}

function requireNewMedia(group: GroupWithRepository, name: string): void {
  if (group.repository.media.some((medium) => medium.name === name)) {
    throw conflict(`Repository ${group.repository.name} already has media named ${name}.`);
  }
}
