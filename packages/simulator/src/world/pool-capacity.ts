import type { Behaviour } from './behaviour.js';
import { type LogicalUnit, type SharedStoragePool, type Tier, unitsOf } from './shared-storage-pool.js';
import { BYTES_PER_GB, MEGABYTES_PER_GB } from './volume-group.js';
import type { World } from './world.js';

export const poolCapacityBehaviours: readonly Behaviour[] = [
  {
    id: 'ssp.accounting',
    does: 'thick units occupy their size, thin ones what was written to them; bytes that clones share count once',
    assumed: 'the capture fits it (0.9 GB used by a thin unit of 1 GB), the rule is ours',
  },
];

export function tierCapacityGb(tier: Tier): number {
  return tier.failureGroup.disks.reduce((sum, disk) => sum + disk.capacityMb, 0) / MEGABYTES_PER_GB;
}

export function tierFreeGb(world: World, tier: Tier): number {
  return Math.max(0, tierCapacityGb(tier) - occupiedGb(world, tier.units));
}

/** Gigabytes, as SharedStoragePool shows them. */
export function poolCapacity(world: World, pool: SharedStoragePool) {
  const units = unitsOf(pool);
  const capacity = pool.tiers.reduce((sum, tier) => sum + tierCapacityGb(tier), 0);
  const total = units.reduce((sum, unit) => sum + unit.capacityGb, 0);
  return {
    capacity: hundredths(capacity),
    free: hundredths(Math.max(0, capacity - occupiedGb(world, units))),
    total: hundredths(total),
    overCommit: hundredths(Math.max(0, total - capacity)),
  };
}

function occupiedGb(world: World, units: readonly LogicalUnit[]): number {
  const thick = units.filter((unit) => !unit.thin).reduce((sum, unit) => sum + unit.capacityGb, 0);
  const thin = units.filter((unit) => unit.thin).map((unit) => unit.udid);
  return thick + world.bytes.occupied(thin) / BYTES_PER_GB;
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;
