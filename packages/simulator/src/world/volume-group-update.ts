import type { Behaviour } from './behaviour.js';
import { modified, touch } from './changes.js';
import { type DiskRequest, type DiskWork, planDisks } from './disk-plan.js';
import { conflict } from './refusal.js';
import { planRepository, type RepositoryRequest, type RepositoryWork } from './repository-plan.js';
import type { VolumeGroup } from './volume-group.js';
import { requireFreeVolume } from './volume-group-lifecycle.js';
import type { World } from './world.js';

export const volumeGroupBehaviours: readonly Behaviour[] = [
  {
    id: 'vg.declarative',
    does: 'a posted volume group is compared with the present one: disks and media without UDID are made, missing ones deleted, larger ones extended',
    evidence: 'protocol reference 3.12 and 2.13',
  },
  {
    id: 'vg.in-use',
    does: 'a disk, medium or repository that is mapped to a partition cannot be deleted; nothing can shrink',
    assumed: 'the logical volume manager behind it refuses both; texts are ours',
  },
  {
    id: 'vg.base-image',
    does: 'a disk made with BaseImage holds a copy of the bytes of the disk with that UDID when the answer arrives',
    evidence: 'protocol reference 3.12: BaseImage is the UDID of the virtual disk to copy',
  },
];

/** The settable content of a posted volume group. */
export interface VolumeGroupUpdate {
  readonly disks: readonly DiskRequest[];
  readonly repository: RepositoryRequest | undefined;
  /** Names of physical volumes. */
  readonly volumes: readonly string[];
}

/** All checks come first: a `Refusal` leaves the group as it was. Resolves when the bytes are in place too. */
export async function updateVolumeGroup(
  world: World,
  group: VolumeGroup,
  update: VolumeGroupUpdate,
): Promise<void> {
  const volumes = planVolumes(group, update.volumes);
  const repository = planRepository(world, group, update.repository);
  const disks = planDisks(world, group, update.disks, repository.sizeGb);
  for (const volume of volumes) {
    volume.group = group;
    group.volumes.push(volume);
  }
  applyNow(group, disks, repository);
  modified(world, group, 'Other');
  touch(group.vios);
  await Promise.all([disks.finish(), repository.finish()]);
}

function applyNow(group: VolumeGroup, disks: DiskWork, repository: RepositoryWork): void {
  repository.apply();
  group.disks.splice(0, group.disks.length, ...disks.apply());
}

function planVolumes(group: VolumeGroup, names: readonly string[]): VolumeGroup['volumes'] {
  const missing = group.volumes.find((volume) => !names.includes(volume.name));
  if (missing !== undefined) {
    throw conflict(`${missing.name} cannot be taken out of volume group ${group.name}: it holds data.`);
  }
  return names
    .filter((name) => !group.volumes.some((volume) => volume.name === name))
    .map((name) => requireFreeVolume(group.vios, name));
}
