import type { SiteCluster } from '../site/shared-storage.js';
import { nameUuid } from './identity.js';
import type { Random } from './random.js';
import type { Cluster, PoolDisk, SharedStoragePool, Tier } from './shared-storage-pool.js';
import type { VirtualIOServer } from './vios.js';
import { MEGABYTES_PER_GB } from './volume-group.js';
import type { World } from './world.js';

/** Makes a cluster with its pool and tiers, and shows the disks to the VIOSes that share them. */
export function buildCluster(world: World, plan: SiteCluster): Cluster {
  const random = world.random.stream(`cluster/${plan.name}`);
  const nodes = plan.nodes.flatMap(({ system, vioses }) => {
    const found = world.systems.find((candidate) => candidate.name === system);
    return found === undefined ? [] : found.vioses.filter((vios) => vioses.includes(vios.name));
  });
  const serial = random.hex(32);
  const createdAt = world.clock.now();
  const cluster: Cluster = {
    kind: 'Cluster',
    uuid: nameUuid(`cluster/${serial}`),
    name: plan.name,
    serial,
    repository: sharedDisk(nodes, random, plan.repositoryGb, `cluster ${plan.name}`),
    nodes,
    createdAt,
    get pool() {
      return pool;
    },
  };
  const pool: SharedStoragePool = {
    kind: 'SharedStoragePool',
    uuid: nameUuid(`pool/${serial}`),
    name: plan.pool,
    udid: `24${serial}${random.hex(32).toUpperCase()}`,
    cluster,
    tiers: [],
    alertThreshold: 35,
    createdAt,
  };
  for (const entry of plan.tiers) pool.tiers.push(buildTier(pool, entry, random));
  for (const vios of nodes) vios.cluster = cluster;
  return cluster;
}

/** Capture tier.txt. */
function buildTier(pool: SharedStoragePool, plan: SiteCluster['tiers'][number], random: Random): Tier {
  const { cluster } = pool;
  const owner = `shared storage pool ${pool.name}`;
  return {
    kind: 'Tier',
    uuid: nameUuid(`tier/${cluster.serial}/${plan.name}`),
    pool,
    name: plan.name,
    udid: `25${cluster.serial}${random.hex(16)}`,
    isDefault: plan.default,
    failureGroup: {
      name: 'Default',
      udid: `26${cluster.serial}${random.hex(16)}`,
      disks: plan.disksGb.map((sizeGb) => sharedDisk(cluster.nodes, random, sizeGb, owner)),
    },
    units: [],
  };
}

/** One LUN of a Fibre Channel array that every VIOS of the cluster sees, under a name of its own. */
function sharedDisk(
  nodes: readonly VirtualIOServer[],
  random: Random,
  sizeGb: number,
  owner: string,
): PoolDisk {
  const naa = `60050768${random.hex(24)}`.toUpperCase();
  const capacityMb = Math.round(sizeGb * MEGABYTES_PER_GB);
  const udid = `01${Buffer.from(`3!321 45124${naa}`).toString('base64')}`;
  const names = nodes.map((vios) => {
    const name = `hdisk${vios.deviceNumbers.hdisk.next()}`;
    vios.physicalVolumes.push({
      name,
      udid,
      capacityMb,
      description: 'MPIO IBM 2076 FC Disk',
      location: `U78D2.001.WZS${vios.system.serial.slice(-4)}-P1-C${vios.id}-T1-W5005076802${naa.slice(-6)}-L0`,
      uniqueId: `332136${naa}04214503IBMfcp`,
      page83: Buffer.from(naa).toString('base64'),
      reservePolicy: 'NoReserve',
      reserveAlgorithm: 'Round_Robin',
      fibreChannel: true,
      group: undefined,
      owner,
    });
    return name;
  });
  return { name: names[0] ?? 'hdisk0', udid, capacityMb };
}
