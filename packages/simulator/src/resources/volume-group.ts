import { VolumeGroup as Declaration, type VirtualDisk, type VolumeGroup } from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import type { DiskRequest } from '../world/disk-plan.js';
import { invalid, notFound } from '../world/refusal.js';
import type { RepositoryRequest } from '../world/repository-plan.js';
import { type VolumeGroup as Group, groupCapacityGb, groupFreeGb, groupUdid } from '../world/volume-group.js';
import { createGroup, deleteGroup } from '../world/volume-group-lifecycle.js';
import { updateVolumeGroup, type VolumeGroupUpdate } from '../world/volume-group-update.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';
import { diskView, repositoryView, volumeView } from './storage-view.js';
import { viosOf } from './system-address.js';

/** Protocol reference 3.12. */
export const volumeGroup: ResourceKind<Group, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [
    {
      parent: 'VirtualIOServer',
      list: (console, id) => {
        const vios = viosOf(console, id);
        return vios === undefined ? undefined : [...vios.volumeGroups];
      },
    },
  ],
  identity: (group) => ({ id: group.uuid, createdAt: group.createdAt }),
  revision: (group) => group.revision,
  view,
  create: (call, posted, parent) => {
    const vios = viosOf(call.console, parent);
    if (vios === undefined) throw notFound(`There is no VIOS ${parent}.`);
    const volumes = posted.physicalVolumes.map((volume) => required(volume.volumeName, 'VolumeName'));
    return createGroup(call.world, vios, { name: required(posted.groupName, 'GroupName'), volumes });
  },
  remove: (call, group) => deleteGroup(call.world, group),
  update: (call, group, posted) => updateVolumeGroup(call.world, group, readUpdate(posted)),
};

/** Captures upload_volgrp.txt and get_volume_group_no_rep.txt. */
function view(group: Group, context: ViewContext) {
  const free = groupFreeGb(group);
  return {
    availableSize: free,
    freeSpace: free,
    groupCapacity: groupCapacityGb(group),
    groupName: group.name,
    groupSerialID: group.serial,
    maximumLogicalVolumes: group.directory === undefined ? 1024 : 0,
    mediaRepositories: group.repository === undefined ? [] : [repositoryView(group.repository)],
    physicalVolumes: group.volumes.map((volume) => volumeView(volume, false)),
    uniqueDeviceID: groupUdid(group),
    virtualDisks: group.disks.map((disk) => diskView(disk, context)),
  };
}

function readUpdate(posted: VolumeGroup): VolumeGroupUpdate {
  return {
    disks: posted.virtualDisks.map(readDisk),
    repository: readRepository(posted),
    volumes: posted.physicalVolumes.map((volume) => required(volume.volumeName, 'VolumeName')),
  };
}

/** DiskLabel must be there even when unused (protocol reference 3.12). */
function readDisk(disk: VirtualDisk): DiskRequest {
  const type = disk.virtualDiskType ?? 'LogicalVolume';
  const isNew = disk.uniqueDeviceID === undefined;
  if (isNew && type !== 'LogicalVolume') throw invalid(`A virtual disk of type ${type} cannot be created.`);
  return {
    udid: disk.uniqueDeviceID,
    name: required(disk.diskName, 'DiskName'),
    label: required(disk.diskLabel, 'DiskLabel'),
    capacityGb: required(disk.diskCapacity, 'DiskCapacity'),
    baseImage: disk.baseImage,
  };
}

function readRepository(posted: VolumeGroup): RepositoryRequest | undefined {
  const repository = posted.mediaRepositories.at(0);
  if (repository === undefined) return undefined;
  if (posted.mediaRepositories.length > 1)
    throw invalid('A volume group holds at most one media repository.');
  return {
    name: required(repository.repositoryName, 'RepositoryName'),
    sizeGb: required(repository.repositorySize, 'RepositorySize'),
    media: repository.opticalMedia.map((medium) => ({
      name: required(medium.mediaName, 'MediaName'),
      mountType: medium.mountType ?? 'rw',
      sizeGb: medium.size ?? 0,
    })),
  };
}
