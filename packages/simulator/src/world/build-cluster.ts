import type { SiteCluster } from '../site/shared-storage.js';
import { newCluster } from './new-cluster.js';
import type { Random } from './random.js';
import type { Cluster, PoolDisk } from './shared-storage-pool.js';
import type { VirtualIOServer } from './vios.js';
import { MEGABYTES_PER_GB } from './volume-group.js';
import { nextName } from './volume-name.js';
import type { World } from './world.js';

/** Makes a cluster with its pool and tiers, and shows the disks to the VIOSes that share them. */
export function buildCluster(world: World, plan: SiteCluster): Cluster {
  const random = world.random.stream(`cluster/${plan.name}`);
  const nodes = plan.nodes.flatMap(({ system, vioses }) => {
    const found = world.systems.find((candidate) => candidate.name === system);
    return found === undefined ? [] : found.vioses.filter((vios) => vioses.includes(vios.name));
  });
  const serial = random.hex(32);
  const owner = `shared storage pool ${plan.pool}`;
  const disk = (sizeGb: number, holder: string): PoolDisk => sharedDisk(nodes, random, sizeGb, holder);
  return newCluster(world, random, {
    name: plan.name,
    serial,
    nodes,
    repository: disk(plan.repositoryGb, `cluster ${plan.name}`),
    pool: plan.pool,
    tiers: plan.tiers.map((tier) => ({
      name: tier.name,
      isDefault: tier.default,
      disks: tier.disksGb.map((sizeGb) => disk(sizeGb, owner)),
    })),
  });
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
    const name = nextName(vios);
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
