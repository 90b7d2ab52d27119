import { type Cluster, type LogicalUnit, unitsOf } from '../world/shared-storage-pool.js';

export interface UnitSnapshot {
  readonly name: string;
  readonly udid: string;
  readonly type: LogicalUnit['type'];
  readonly sizeGb: number;
  readonly tier: string;
}

export interface ClusterSnapshot {
  readonly name: string;
  readonly pool: string;
  readonly units: readonly UnitSnapshot[];
}

export function clusterSnapshot({ name, pool }: Cluster): ClusterSnapshot {
  return { name, pool: pool.name, units: unitsOf(pool).map(unitSnapshot) };
}

function unitSnapshot({ name, udid, type, capacityGb, tier }: LogicalUnit): UnitSnapshot {
  return { name, udid, type, sizeGb: capacityGb, tier: tier.name };
}
