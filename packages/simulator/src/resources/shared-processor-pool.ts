import { SharedProcessorPool as Declaration } from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import { modified, pathOf } from '../world/changes.js';
import { availableInPool, type ProcessorPool, partitionsOf, updatePool } from '../world/processor-pool.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';
import { systemOf } from './system-address.js';

/** Protocol reference 3.19; capture shrprocpool.txt. */
export const sharedProcessorPool: ResourceKind<ProcessorPool, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [{ parent: 'ManagedSystem', list: (console, id) => systemOf(console, id)?.pools }],
  identity: (pool) => ({ id: pool.uuid, createdAt: 0 }),
  view,
  update: (call, pool, posted) => {
    updatePool(pool, {
      name: required(posted.poolName, 'PoolName'),
      maximumUnits: posted.maximumProcessingUnits ?? pool.maximumUnits,
      reservedUnits: posted.pendingReservedProcessingUnits ?? pool.reservedUnits,
    });
    modified(call.world, pool, 'Other');
  },
};

/** The default pool has no limits of its own; a pool without partitions has no list of them. */
function view(pool: ProcessorPool, context: ViewContext) {
  const assigned = partitionsOf(pool).map((partition) => context.href(pathOf(partition)));
  const limits = {
    currentReservedProcessingUnits: pool.reservedUnits,
    maximumProcessingUnits: pool.maximumUnits,
    pendingReservedProcessingUnits: pool.reservedUnits,
  };
  return {
    ...(assigned.length > 0 ? { assignedPartitions: assigned } : {}),
    ...(pool.id === 0 ? {} : limits),
    poolID: pool.id,
    availableProcUnits: availableInPool(pool),
    poolName: pool.name,
  };
}
