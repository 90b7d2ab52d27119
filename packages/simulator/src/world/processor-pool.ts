import type { Behaviour } from './behaviour.js';
import { nameUuid } from './identity.js';
import { allPartitions, type ManagedSystem } from './managed-system.js';
import { type AnyPartition, isOff } from './partition.js';
import { processorUnits } from './processors.js';
import { conflict, invalid } from './refusal.js';

export const poolBehaviours: readonly Behaviour[] = [
  {
    id: 'pool.count',
    does: 'a system has 64 shared processor pools; pool 0 is DefaultPool, the others are undefined until they get a maximum',
    evidence: 'protocol reference 3.19; capture shrprocpool.txt',
  },
  {
    id: 'pool.limits',
    does: 'the default pool cannot be changed, and a pool in use cannot get smaller than its partitions',
    assumed: 'no capture of a refused change',
  },
];

/** A shared processor pool (protocol reference 3.19). */
export interface ProcessorPool {
  readonly kind: 'SharedProcessorPool';
  readonly uuid: string;
  readonly system: ManagedSystem;
  readonly id: number;
  name: string;
  /** Processor units; 0 is an undefined pool. The default pool has no maximum of its own. */
  maximumUnits: number;
  reservedUnits: number;
}

/** The 64 pools of a new system; the site defines those that follow the default one. */
export function buildPools(
  system: ManagedSystem,
  plans: readonly Pick<ProcessorPool, 'name' | 'maximumUnits' | 'reservedUnits'>[],
): ProcessorPool[] {
  return Array.from({ length: 64 }, (_, id) => ({
    kind: 'SharedProcessorPool',
    uuid: nameUuid(`${system.uuid}/pool/${id}`),
    system,
    id,
    name: id === 0 ? 'DefaultPool' : `SharedPool${String(id).padStart(2, '0')}`,
    maximumUnits: 0,
    reservedUnits: 0,
    ...(id === 0 ? {} : plans[id - 1]),
  }));
}

/** Partitions whose last activation or change put them into the pool. */
export function partitionsOf(pool: ProcessorPool): AnyPartition[] {
  return allPartitions(pool.system).filter(({ processors: { current } }) => {
    return current.mode === 'shared' && current.poolId === pool.id;
  });
}

/** Units that partitions which are on have not taken from the pool. */
export function availableInPool(pool: ProcessorPool): number {
  const used = partitionsOf(pool)
    .filter((partition) => !isOff(partition))
    .reduce((sum, partition) => sum + processorUnits(partition.processors.current), 0);
  return Math.max(0, Math.round((pool.maximumUnits - used) * 100) / 100);
}

export function updatePool(
  pool: ProcessorPool,
  update: { name: string; maximumUnits: number; reservedUnits: number },
): void {
  if (pool.id === 0) throw conflict('The default shared processor pool cannot be changed.');
  if (!/^\S{1,14}$/.test(update.name))
    throw invalid(`"${update.name}" cannot be the name of a shared processor pool.`);
  if (update.maximumUnits < 0 || update.maximumUnits > pool.system.processorUnits) {
    throw invalid(
      `MaximumProcessingUnits ${update.maximumUnits} is outside 0 to ${pool.system.processorUnits}.`,
    );
  }
  if (update.reservedUnits < 0 || update.reservedUnits > update.maximumUnits) {
    throw invalid(`PendingReservedProcessingUnits ${update.reservedUnits} is outside 0 to the maximum.`);
  }
  const used = partitionsOf(pool).reduce(
    (sum, partition) => sum + processorUnits(partition.processors.current),
    0,
  );
  if (used > update.maximumUnits)
    throw conflict(`The partitions of ${pool.name} have ${used} processing units.`);
  Object.assign(pool, update);
}
