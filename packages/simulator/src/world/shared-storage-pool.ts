import type { ManagedSystem } from './managed-system.js';
import type { ScsiMapping } from './scsi-mapping.js';
import type { VirtualIOServer } from './vios.js';

/** VIOSes, of one or several systems, that share a storage pool (protocol reference 3.17). */
export interface Cluster {
  readonly kind: 'Cluster';
  readonly uuid: string;
  readonly name: string;
  /** 32 hex digits: the cluster's id without prefix, part of every UDID below it. */
  readonly serial: string;
  readonly repository: PoolDisk;
  readonly nodes: readonly VirtualIOServer[];
  readonly pool: SharedStoragePool;
  readonly createdAt: number;
}

/** A disk that all VIOSes of a cluster see. */
export interface PoolDisk {
  readonly name: string;
  readonly udid: string;
  readonly capacityMb: number;
}

/** Protocol reference 3.18. */
export interface SharedStoragePool {
  readonly kind: 'SharedStoragePool';
  readonly uuid: string;
  readonly name: string;
  readonly udid: string;
  readonly cluster: Cluster;
  /** One of them is the default. */
  readonly tiers: Tier[];
  /** Per cent of the capacity. */
  alertThreshold: number;
  readonly createdAt: number;
}

export interface Tier {
  readonly kind: 'Tier';
  readonly uuid: string;
  readonly pool: SharedStoragePool;
  readonly name: string;
  readonly udid: string;
  readonly isDefault: boolean;
  readonly failureGroup: {
    readonly name: string;
    readonly udid: string;
    readonly disks: readonly PoolDisk[];
  };
  readonly units: LogicalUnit[];
}

export const unitTypes = [
  'VirtualIO_Disk',
  'VirtualIO_Image',
  'VirtualIO_Hibernation',
  'VirtualIO_Active_Memory_Sharing',
] as const;
export type UnitType = (typeof unitTypes)[number];

export interface LogicalUnit {
  readonly kind: 'LogicalUnit';
  readonly uuid: string;
  readonly tier: Tier;
  readonly name: string;
  /** Also names its bytes. */
  readonly udid: string;
  readonly type: UnitType;
  readonly thin: boolean;
  capacityGb: number;
  /** UDID of the unit whose bytes it started with. */
  clonedFrom: string | undefined;
  readonly createdAt: number;
}

export const systemsOfCluster = (cluster: Cluster): Set<ManagedSystem> =>
  new Set(cluster.nodes.map((vios) => vios.system));

export const unitsOf = (pool: SharedStoragePool): LogicalUnit[] => pool.tiers.flatMap((tier) => tier.units);

/** The mappings, of all VIOSes of the cluster, that give the unit to a partition. */
export function usersOfUnit(unit: LogicalUnit): ScsiMapping[] {
  return unit.tier.pool.cluster.nodes.flatMap((vios) =>
    vios.scsiMappings.filter(({ storage }) => storage?.kind === 'LogicalUnit' && storage.unit === unit),
  );
}

export const clonesOf = (unit: LogicalUnit): LogicalUnit[] =>
  unitsOf(unit.tier.pool).filter((other) => other.clonedFrom === unit.udid);
