import { added, deleted, modified } from './changes.js';
import { nameUuid } from './identity.js';
import { conflict, invalid } from './refusal.js';
import { usersOf } from './storage-use.js';
import type { VirtualIOServer } from './vios.js';
import type { VolumeGroup } from './volume-group.js';
import type { World } from './world.js';

/** An empty group that is not yet part of its VIOS; with `directory` its disks are files. */
export function newGroup(world: World, vios: VirtualIOServer, name: string, directory?: string): VolumeGroup {
  return {
    kind: 'VolumeGroup',
    uuid: nameUuid(`${vios.uuid}/group/${name}/${world.random.hex(8)}`),
    vios,
    name,
    directory,
    serial: `00${world.random.hex(6)}00004b000000014a${world.random.hex(8)}`,
    volumes: [],
    disks: [],
    repository: undefined,
    nextDiskNumber: world.random.integer(1, 20),
    revision: 0,
    createdAt: world.clock.now(),
  };
}

/** Makes a group of free physical volumes (protocol reference 3.12). */
export function createGroup(
  world: World,
  vios: VirtualIOServer,
  plan: { name: string; volumes: readonly string[] },
): VolumeGroup {
  if (!/^[\w.-]{1,15}$/.test(plan.name))
    throw invalid(`"${plan.name}" cannot be the name of a volume group.`);
  if (vios.volumeGroups.find((other) => other.name === plan.name) !== undefined) {
    throw conflict(`VIOS ${vios.name} already has a volume group ${plan.name}.`);
  }
  if (plan.volumes.length === 0)
    throw invalid(`Volume group ${plan.name} needs at least one physical volume.`);
  const volumes = plan.volumes.map((name) => requireFreeVolume(vios, name));
  const group = newGroup(world, vios, plan.name);
  for (const volume of volumes) {
    volume.group = group;
    group.volumes.push(volume);
  }
  vios.volumeGroups.add(group);
  added(world, group);
  modified(world, vios, 'Other');
  return group;
}

export function requireFreeVolume(
  vios: VirtualIOServer,
  name: string,
): VirtualIOServer['physicalVolumes'][number] {
  const volume = vios.physicalVolumes.find((candidate) => candidate.name === name);
  if (volume === undefined) throw invalid(`VIOS ${vios.name} has no physical volume ${name}.`);
  if (volume.group !== undefined) throw conflict(`${name} belongs to volume group ${volume.group.name}.`);
  if (volume.owner !== undefined || usersOf(vios, volume.udid).length > 0)
    throw conflict(`${name} is in use.`);
  return volume;
}

/** A group that holds anything stays. */
export function deleteGroup(world: World, group: VolumeGroup): void {
  if (group.name === 'rootvg') throw conflict('The volume group rootvg cannot be deleted.');
  if (group.disks.length > 0 || group.repository !== undefined) {
    throw conflict(
      `Volume group ${group.name} cannot be deleted: it holds ${group.disks.length} disks or a repository.`,
    );
  }
  for (const volume of group.volumes) volume.group = undefined;
  group.vios.volumeGroups.delete(group);
  deleted(world, group);
  modified(world, group.vios, 'Other');
}
