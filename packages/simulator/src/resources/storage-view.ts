import type {
  Init,
  PhysicalVolume,
  VirtualDisk,
  VirtualMediaRepository,
  VirtualOpticalMedia,
} from '@openstack-powervm/rest';
import { pathOf } from '../world/changes.js';
import { isLinuxVolume, type PhysicalVolume as Volume } from '../world/physical-volume.js';
import type { ScsiStorage } from '../world/scsi-mapping.js';
import type { VirtualDisk as Disk, MediaRepository, OpticalMedia } from '../world/volume-group.js';
import type { ViewContext } from './resource-kind.js';

/** Captures upload_volgrp.txt and fake_volume_group2.txt. */
export function diskView(disk: Disk, context: ViewContext): Init<typeof VirtualDisk> {
  return {
    diskCapacity: disk.capacityGb,
    diskLabel: disk.label,
    diskName: disk.name,
    volumeGroup: context.href(pathOf(disk.group)),
    uniqueDeviceID: disk.udid,
    virtualDiskType: disk.group.directory === undefined ? 'LogicalVolume' : 'File',
  };
}

/** Capture fake_vios_hosting_vios_feed.txt: name and label are the same. */
export function objectView({
  object,
  backStore,
  user,
}: Extract<ScsiStorage, { kind: 'BackingObject' }>): Init<typeof VirtualDisk> {
  return {
    diskCapacity: object.sizeGb,
    diskLabel: object.name,
    diskName: object.name,
    uniqueDeviceID: object.udid,
    virtualDiskType: object.type,
    backStoreType: backStore,
    rbdUser: user,
  };
}

/** Base64 of UNKNOWN: nobody has labelled the disk (captures). */
export const NO_LABEL = 'VU5LTk9XTg==';

/** Capture upload_volgrp.txt; of NovaLink's disks fake_vios_hosting_vios_feed.txt. `mapped`: somebody uses it. */
export function volumeView(volume: Volume, mapped: boolean): Init<typeof PhysicalVolume> {
  if (isLinuxVolume(volume))
    return {
      description: volume.description,
      uniqueDeviceID: volume.udid,
      volumeCapacity: volume.capacityMb,
      volumeName: volume.name,
      volumeState: 'active',
      volumeUniqueID: volume.uniqueId,
    };
  return {
    description: volume.description,
    locationCode: volume.location,
    persistentReserveKeyValue: 'none',
    reservePolicy: volume.reservePolicy,
    reservePolicyAlgorithm: volume.reserveAlgorithm,
    uniqueDeviceID: volume.udid,
    availableForUsage: volume.group === undefined && volume.owner === undefined && !mapped,
    volumeCapacity: volume.capacityMb,
    volumeName: volume.name,
    volumeState: 'active',
    volumeUniqueID: volume.uniqueId,
    isFibreChannelBacked: volume.fibreChannel,
    storageLabel: NO_LABEL,
    descriptorPage83: volume.page83,
  };
}

export function mediaView(medium: OpticalMedia): Init<typeof VirtualOpticalMedia> {
  return { mediaName: medium.name, mediaUDID: medium.udid, mountType: medium.mountType, size: medium.sizeGb };
}

export function repositoryView(repository: MediaRepository): Init<typeof VirtualMediaRepository> {
  return {
    opticalMedia: repository.media.map(mediaView),
    repositoryName: repository.name,
    repositorySize: repository.sizeGb,
  };
}
