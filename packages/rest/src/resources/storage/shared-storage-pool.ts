import { resource } from '../../schema/declare.js';
import { flag, gigabytes, list, percent, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { LogicalUnit } from './logical-unit.js';
import { PhysicalVolume } from './physical-volume.js';

/** A shared storage pool. */
export const SharedStoragePool = resource(
  'SharedStoragePool',
  { evidence: 'protocol reference 3.18; capture ssp.txt', root: true, search: ['StoragePoolName'] },
  {
    logicalUnits: list(LogicalUnit, 'LogicalUnits', 'CUD'),
    multiDataTierConfigured: flag('MultiDataTierConfigured', 'CUD'),
    multiFailureGroupConfigured: flag('MultiFailureGroupConfigured', 'CUD'),
    physicalVolumes: list(PhysicalVolume, 'PhysicalVolumes', 'CUR'),
    capacity: gigabytes('Capacity', 'CUR'),
    freeSpace: gigabytes('FreeSpace', 'CUR'),
    overCommitSpace: gigabytes('OverCommitSpace', 'CUR'),
    totalLogicalUnitSize: gigabytes('TotalLogicalUnitSize', 'CUR'),
    alertThreshold: percent('AlertThreshold', 'CUD'),
    storagePoolName: text('StoragePoolName', 'CUR'),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR'),
  },
);
export type SharedStoragePool = Lens<typeof SharedStoragePool>;
