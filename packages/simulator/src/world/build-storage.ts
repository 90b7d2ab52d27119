import type { SiteVios } from '../site/site.js';
import { localVolume, type PhysicalVolume, type VolumePlan } from './physical-volume.js';
import type { VirtualIOServer } from './vios.js';
import { BYTES_PER_GB, MEGABYTES_PER_GB, type MediaRepository } from './volume-group.js';
import { newGroup } from './volume-group-lifecycle.js';
import { takeName } from './volume-name.js';
import type { World } from './world.js';

interface GroupPlan {
  readonly name: string;
  readonly disks: readonly VolumePlan[];
  readonly directory?: string | undefined;
  readonly repository?: Pick<MediaRepository, 'name' | 'sizeGb'> | undefined;
}

/** The disks and volume groups that a VIOS of the site has from the start. */
export function buildStorage(world: World, vios: VirtualIOServer, plan: SiteVios): void {
  const make = (disk: VolumePlan) => localVolume(world.random, vios, disk);
  for (const disk of plan.freeDisks) addVolume(world, vios, make(disk));
  for (const entry of plan.volumeGroups) buildGroup(world, vios, entry, make);
}

export function buildGroup(
  world: World,
  vios: VirtualIOServer,
  plan: GroupPlan,
  makeVolume: (disk: VolumePlan) => PhysicalVolume,
): void {
  const group = newGroup(world, vios, plan.name, plan.directory);
  for (const disk of plan.disks) {
    const volume = addVolume(world, vios, makeVolume(disk));
    volume.group = group;
    group.volumes.push(volume);
  }
  if (plan.repository !== undefined) group.repository = { ...plan.repository, media: [] };
  vios.volumeGroups.add(group);
}

export function addVolume(world: World, vios: VirtualIOServer, volume: PhysicalVolume): PhysicalVolume {
  takeName(vios, volume.name);
  vios.physicalVolumes.push(volume);
  world.bytes.create(volume.udid, (volume.capacityMb / MEGABYTES_PER_GB) * BYTES_PER_GB);
  return volume;
}
