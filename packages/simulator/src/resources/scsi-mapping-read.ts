import type { Storage, TargetDevice, VirtualSCSIMapping } from '@openstack-powervm/rest';
import { uuidOfReference } from '../world/identity.js';
import { invalid } from '../world/refusal.js';
import type { MappingRequest, StorageRequest, TargetRequest } from '../world/scsi-plan.js';

/** A mapping, or the adapters of a bus. */
export type PostedMapping = Pick<
  VirtualSCSIMapping,
  'associatedLogicalPartition' | 'clientAdapter' | 'serverAdapter'
> &
  Partial<Pick<VirtualSCSIMapping, 'storage' | 'targetDevice'>>;

/** What a posted VirtualSCSIMapping asks for (protocol reference 3.14). */
export function readMapping(posted: PostedMapping): MappingRequest {
  const { serverAdapter, clientAdapter } = posted;
  if (serverAdapter === undefined) throw invalid('A VirtualSCSIMapping needs a ServerAdapter.');
  const href = posted.associatedLogicalPartition;
  return {
    partition: href === undefined ? undefined : uuidOfReference(href),
    serverSlot: serverAdapter.useNextAvailableSlotID === true ? undefined : serverAdapter.virtualSlotNumber,
    clientSlot: clientAdapter?.useNextAvailableSlotID === true ? undefined : clientAdapter?.virtualSlotNumber,
    storage: posted.storage === undefined ? undefined : readStorage(posted.storage),
    target: posted.targetDevice === undefined ? undefined : readTarget(posted.targetDevice),
  };
}

export function readStorage(storage: Storage): StorageRequest | undefined {
  const { virtualDisk, physicalVolume, virtualOpticalMedia, logicalUnit } = storage;
  if (virtualDisk !== undefined) {
    const { virtualDiskType: type, backStoreType: backStore, rbdUser: user } = virtualDisk;
    const disk = { type, backStore, user };
    return { kind: 'VirtualDisk', udid: virtualDisk.uniqueDeviceID, name: virtualDisk.diskName, disk };
  }
  if (physicalVolume !== undefined) {
    return { kind: 'PhysicalVolume', udid: physicalVolume.uniqueDeviceID, name: physicalVolume.volumeName };
  }
  if (virtualOpticalMedia !== undefined) {
    return {
      kind: 'VirtualOpticalMedia',
      udid: virtualOpticalMedia.mediaUDID,
      name: virtualOpticalMedia.mediaName,
    };
  }
  if (logicalUnit !== undefined) {
    return { kind: 'LogicalUnit', udid: logicalUnit.uniqueDeviceID, name: logicalUnit.unitName };
  }
  return undefined;
}

export function readTarget(target: TargetDevice): TargetRequest | undefined {
  const device =
    target.logicalVolumeVirtualTargetDevice ??
    target.physicalVolumeVirtualTargetDevice ??
    target.virtualOpticalTargetDevice ??
    target.sharedStoragePoolLogicalUnitVirtualTargetDevice;
  if (device === undefined) return undefined;
  return { udid: device.uniqueDeviceID, name: device.targetName, address: device.logicalUnitAddress };
}
