import { element, resource } from '../../schema/declare.js';
import { flag, gigabytes, link, list, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { PhysicalVolume } from './physical-volume.js';

/** A group of disks that fail together. */
export const FailureGroup = element(
  'FailureGroup',
  { evidence: 'protocol reference 3.18; capture tier.txt' },
  {
    name: text('Name', 'CUR', { since: 'V1_3_0' }),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR', { since: 'V1_3_0' }),
    capacity: gigabytes('Capacity', 'ROR', { since: 'V1_3_0' }),
    state: text('State', 'ROR', { since: 'V1_3_0' }),
    physicalVolumes: list(PhysicalVolume, 'PhysicalVolumes', 'CUD', { since: 'V1_3_0' }),
  },
);
export type FailureGroup = Lens<typeof FailureGroup>;

/** A tier of a shared storage pool; exactly one is the default. */
export const Tier = resource(
  'Tier',
  { evidence: 'protocol reference 3.18; capture tier.txt', root: true, parents: ['SharedStoragePool'] },
  {
    name: text('Name', 'CUR', { since: 'V1_3_0' }),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR', { since: 'V1_3_0' }),
    type: text('Type', 'CUD', { since: 'V1_3_0' }),
    isDefault: flag('IsDefault', 'CUD', { since: 'V1_3_0' }),
    capacity: gigabytes('Capacity', 'ROR', { since: 'V1_3_0' }),
    mirrorState: text('MirrorState', 'ROR', { since: 'V1_3_0' }),
    failureGroups: list(FailureGroup, 'FailureGroups', 'CUD', { since: 'V1_3_0' }),
    associatedSharedStoragePool: link('AssociatedSharedStoragePool', 'CUD', { since: 'V1_3_0' }),
  },
);
export type Tier = Lens<typeof Tier>;
