import type { Init, LogicalUnit, PhysicalVolume } from '@openstack-powervm/rest';
import { type PoolDisk, type LogicalUnit as Unit, usersOfUnit } from '../world/shared-storage-pool.js';

/** Captures ssp.txt, tier.txt and cluster.txt: six elements of a physical volume, as the cluster knows them. */
export function poolDiskView(disk: PoolDisk): Init<typeof PhysicalVolume> {
  return {
    description: 'MPIO IBM 2076 FC Disk',
    uniqueDeviceID: disk.udid,
    volumeCapacity: disk.capacityMb,
    volumeName: disk.name,
    volumeState: 'active',
    isFibreChannelBacked: true,
  };
}

/** Capture lufeed.txt; the same in a pool and in a mapping. */
export function unitView(unit: Unit): Init<typeof LogicalUnit> {
  return {
    thinDevice: unit.thin,
    uniqueDeviceID: unit.udid,
    unitCapacity: unit.capacityGb,
    logicalUnitType: unit.type,
    clonedFrom: unit.clonedFrom,
    inUse: usersOfUnit(unit).length > 0,
    unitName: unit.name,
  };
}
