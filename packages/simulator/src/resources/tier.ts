import { Tier as Declaration } from '@openstack-powervm/rest';
import { pathOf } from '../world/changes.js';
import { tierCapacityGb } from '../world/pool-capacity.js';
import type { Tier } from '../world/shared-storage-pool.js';
import { clustersOf } from './cluster.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';
import { poolDiskView } from './shared-storage-view.js';
import { NO_LABEL } from './storage-view.js';

/** Protocol reference 3.18; capture tier.txt. */
export const tier: ResourceKind<Tier, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [
    { parent: undefined, list: (console) => clustersOf(console).flatMap(({ pool }) => pool.tiers) },
    {
      parent: 'SharedStoragePool',
      list: (console, id) =>
        clustersOf(console).find(({ pool }) => pool.uuid === id.toLowerCase())?.pool.tiers,
    },
  ],
  identity: ({ uuid }) => ({ id: uuid, createdAt: 0 }),
  view,
};

function view(target: Tier, context: ViewContext) {
  const capacity = Math.round(tierCapacityGb(target) * 100) / 100;
  const { name, udid, disks } = target.failureGroup;
  const physicalVolumes = disks.map((disk) => ({ ...poolDiskView(disk), storageLabel: NO_LABEL }));
  return {
    name: target.name,
    uniqueDeviceID: target.udid,
    type: target.isDefault ? 'UnrestrictedSystemTier' : 'UserTier',
    isDefault: target.isDefault,
    capacity,
    mirrorState: 'NotMirrored',
    failureGroups: [{ name, uniqueDeviceID: udid, capacity, state: 'Online', physicalVolumes }],
    associatedSharedStoragePool: context.href(pathOf(target.pool)),
  };
}
