import { resource } from '../../schema/declare.js';
import { gigabytes, integer, list, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { VirtualMediaRepository } from './media-repository.js';
import { PhysicalVolume } from './physical-volume.js';
import { VirtualDisk } from './virtual-disk.js';

/**
 * A volume group of a VIOS, with its virtual disks and its media repository. All of its content is changed by
 * posting the group.
 */
export const VolumeGroup = resource(
  'VolumeGroup',
  {
    evidence: 'protocol reference 3.12; captures upload_volgrp.txt, fake_volume_group.txt',
    parents: ['VirtualIOServer'],
  },
  {
    availableSize: gigabytes('AvailableSize', 'ROR'),
    backingDeviceCount: integer('BackingDeviceCount', 'unseen'),
    freeSpace: gigabytes('FreeSpace', 'ROR'),
    groupCapacity: gigabytes('GroupCapacity', 'CUR'),
    groupName: text('GroupName', 'CUR'),
    groupSerialID: text('GroupSerialID', 'ROR'),
    groupState: text('GroupState', 'unseen'),
    maximumLogicalVolumes: integer('MaximumLogicalVolumes', 'ROR', {
      note: 'NovaLink reports groups that are not LVM with 0.',
    }),
    mediaRepositories: list(VirtualMediaRepository, 'MediaRepositories', 'CUD'),
    partitionSize: integer('PartitionSize', 'CUR', { unit: 'MB' }),
    minimumAllocationSize: gigabytes('MinimumAllocationSize', 'unseen'),
    physicalVolumes: list(PhysicalVolume, 'PhysicalVolumes', 'CUD'),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR', { note: '04 + serial' }),
    virtualDisks: list(VirtualDisk, 'VirtualDisks', 'CUD'),
  },
);
export type VolumeGroup = Lens<typeof VolumeGroup>;
