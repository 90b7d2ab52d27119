import type { VirtualSCSIMapping } from '@openstack-powervm/rest';
import type { Row } from '../output/record.js';

/** What a vSCSI mapping serves, whatever kind of storage it is. */
export interface ServedStorage {
  readonly kind: 'disk' | 'volume' | 'unit' | 'media';
  readonly name: string | undefined;
  readonly udid: string | undefined;
  readonly sizeGb: number | undefined;
}

/** The storage of a mapping; undefined for adapters without any. */
export function storageOf({ storage }: VirtualSCSIMapping): ServedStorage | undefined {
  const {
    virtualDisk: disk,
    physicalVolume: volume,
    logicalUnit: unit,
    virtualOpticalMedia: media,
  } = {
    ...{ virtualDisk: storage?.virtualDisk, physicalVolume: storage?.physicalVolume },
    ...{ logicalUnit: storage?.logicalUnit, virtualOpticalMedia: storage?.virtualOpticalMedia },
  };
  if (disk)
    return { kind: 'disk', name: disk.diskName, udid: disk.uniqueDeviceID, sizeGb: disk.diskCapacity };
  if (volume)
    return {
      kind: 'volume',
      name: volume.volumeName,
      udid: volume.uniqueDeviceID,
      sizeGb: volume.volumeCapacity === undefined ? undefined : volume.volumeCapacity / 1024,
    };
  if (unit)
    return { kind: 'unit', name: unit.unitName, udid: unit.uniqueDeviceID, sizeGb: unit.unitCapacity };
  if (media) return { kind: 'media', name: media.mediaName, udid: media.mediaUDID, sizeGb: media.size };
  return undefined;
}

/** A mapping as a line of a partition's or a VIOS's description. */
export function mappingRow(mapping: VirtualSCSIMapping): Row {
  const { clientAdapter: client, serverAdapter: server, targetDevice } = mapping;
  const target =
    targetDevice?.logicalVolumeVirtualTargetDevice ??
    targetDevice?.physicalVolumeVirtualTargetDevice ??
    targetDevice?.virtualOpticalTargetDevice ??
    targetDevice?.sharedStoragePoolLogicalUnitVirtualTargetDevice;
  const { kind, name, udid, sizeGb } = storageOf(mapping) ?? {};
  return {
    ...{ kind, name, sizeGb, adapter: server?.adapterName },
    ...{ clientSlot: client?.virtualSlotNumber, target: target?.targetName, udid },
  };
}
