import { SharedStoragePool as Declaration, type SharedStoragePool } from '@openstack-powervm/rest';
import type { Call } from '../http/call.js';
import { createUnit, deleteUnit } from '../world/logical-unit-lifecycle.js';
import { poolCapacity } from '../world/pool-capacity.js';
import { invalid } from '../world/refusal.js';
import { type SharedStoragePool as Pool, unitsOf } from '../world/shared-storage-pool.js';
import { clustersOf } from './cluster.js';
import { readUnit } from './logical-unit.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';
import { poolDiskView, unitView } from './shared-storage-view.js';

/** Protocol reference 3.18; capture ssp.txt. */
export const sharedStoragePool: ResourceKind<Pool, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [{ parent: undefined, list: (console) => clustersOf(console).map(({ pool }) => pool) }],
  identity: ({ uuid, createdAt }) => ({ id: uuid, createdAt }),
  view,
  update,
  search: { StoragePoolName: (pool) => pool.name },
};

function view(pool: Pool, context: ViewContext) {
  const { capacity, free, total, overCommit } = poolCapacity(context.world, pool);
  return {
    logicalUnits: unitsOf(pool).map(unitView),
    multiDataTierConfigured: pool.tiers.length > 1,
    multiFailureGroupConfigured: false,
    physicalVolumes: pool.tiers.flatMap((tier) => tier.failureGroup.disks).map(poolDiskView),
    capacity,
    freeSpace: free,
    overCommitSpace: overCommit,
    totalLogicalUnitSize: total,
    alertThreshold: pool.alertThreshold,
    storagePoolName: pool.name,
    uniqueDeviceID: pool.udid,
  };
}

/** The older way to make and delete units: by a list without or with them (protocol reference 3.18). */
async function update(call: Call, pool: Pool, posted: SharedStoragePool): Promise<void> {
  const requests = posted.logicalUnits.toArray();
  const kept = new Set(requests.flatMap((request) => request.uniqueDeviceID ?? []));
  for (const udid of kept) {
    if (!unitsOf(pool).some((unit) => unit.udid === udid))
      throw invalid(`Shared storage pool ${pool.name} has no logical unit ${udid}.`);
  }
  const tier = pool.tiers.find((candidate) => candidate.isDefault);
  if (tier === undefined) throw invalid(`Shared storage pool ${pool.name} has no default tier.`);
  const removed = unitsOf(pool).filter((unit) => !kept.has(unit.udid));
  for (const unit of [...removed].sort(clonesFirst)) await deleteUnit(call.world, unit);
  for (const request of requests)
    if (request.uniqueDeviceID === undefined) createUnit(call.world, tier, readUnit(request));
  pool.alertThreshold = posted.alertThreshold ?? pool.alertThreshold;
}

/** An image can go once its clones have gone. */
function clonesFirst(left: { clonedFrom: string | undefined }, right: typeof left): number {
  return Number(left.clonedFrom === undefined) - Number(right.clonedFrom === undefined);
}
