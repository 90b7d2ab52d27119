import { nameUuid } from './identity.js';
import type { Random } from './random.js';
import type { Cluster, PoolDisk, SharedStoragePool, Tier } from './shared-storage-pool.js';
import type { VirtualIOServer } from './vios.js';
import type { World } from './world.js';

export interface ClusterParts {
  readonly name: string;
  /** 32 hex digits. */
  readonly serial: string;
  readonly nodes: readonly VirtualIOServer[];
  readonly repository: PoolDisk;
  readonly pool: string;
  readonly tiers: readonly {
    readonly name: string;
    readonly isDefault: boolean;
    readonly disks: readonly PoolDisk[];
  }[];
}

/** A cluster with its pool and tiers (captures cluster.txt, ssp.txt, tier.txt); its nodes know it at once. */
export function newCluster(world: World, random: Random, parts: ClusterParts): Cluster {
  const { name, serial, nodes, repository } = parts;
  const createdAt = world.clock.now();
  const cluster: Cluster = {
    kind: 'Cluster',
    uuid: nameUuid(`cluster/${serial}`),
    name,
    serial,
    repository,
    nodes,
    createdAt,
    get pool() {
      return pool;
    },
  };
  const pool: SharedStoragePool = {
    kind: 'SharedStoragePool',
    uuid: nameUuid(`pool/${serial}`),
    name: parts.pool,
    udid: `24${serial}${random.hex(32).toUpperCase()}`,
    cluster,
    tiers: [],
    alertThreshold: 35,
    createdAt,
  };
  pool.tiers.push(
    ...parts.tiers.map(
      (plan): Tier => ({
        kind: 'Tier',
        uuid: nameUuid(`tier/${serial}/${plan.name}`),
        pool,
        name: plan.name,
        udid: `25${serial}${random.hex(16)}`,
        isDefault: plan.isDefault,
        failureGroup: { name: 'Default', udid: `26${serial}${random.hex(16)}`, disks: plan.disks },
        units: [],
      }),
    ),
  );
  for (const vios of nodes) vios.cluster = cluster;
  return cluster;
}
