import type { Behaviour } from './behaviour.js';
import { added, modified } from './changes.js';
import { newCluster } from './new-cluster.js';
import type { PhysicalVolume } from './physical-volume.js';
import { conflict, invalid, notFound } from './refusal.js';
import type { Cluster } from './shared-storage-pool.js';
import { usersOf } from './storage-use.js';
import type { VirtualIOServer } from './vios.js';
import type { World } from './world.js';

export const clusterBehaviours: readonly Behaviour[] = [
  {
    id: 'cluster.create',
    does: 'a cluster is created with one node, one repository disk and the data disks of its pool, in one tier SYSTEM',
    evidence:
      'protocol reference 4.9; capture cluster_create_job_template.txt; the tier’s name is that of tier.txt',
  },
  {
    id: 'cluster.disks',
    does: 'disks of a cluster must be free and seen by its node; a VIOS belongs to one cluster; nodes are never added',
    assumed: 'the refusals are ours; clients that add nodes are not known',
  },
];

export interface ClusterPlan {
  readonly name: string;
  readonly vios: VirtualIOServer;
  /** Name of a physical volume. */
  readonly repository: string;
  readonly pool: string;
  /** Names of physical volumes. */
  readonly volumes: readonly string[];
}

/** Throws a `Refusal`; nothing is changed then. */
export function createCluster(world: World, plan: ClusterPlan): Cluster {
  const { vios } = plan;
  if (vios.cluster !== undefined)
    throw conflict(`VIOS ${vios.name} is a node of cluster ${vios.cluster.name} already.`);
  if (vios.isManagement)
    throw conflict(`${vios.name} is the NovaLink partition: it cannot be a node of a cluster.`);
  if (world.clusters.some(({ name }) => name === plan.name))
    throw conflict(`There is already a cluster ${plan.name}.`);
  if (plan.volumes.length === 0) throw invalid('A shared storage pool needs a physical volume.');
  const names = [plan.repository, ...plan.volumes];
  if (new Set(names).size < names.length) throw invalid('A physical volume is named twice.');
  const [repository, ...data] = names.map((name) => freeVolume(vios, name));
  if (repository === undefined) throw invalid('A cluster needs a repository disk.');
  repository.owner = `cluster ${plan.name}`;
  for (const volume of data) volume.owner = `shared storage pool ${plan.pool}`;
  const cluster = newCluster(world, world.random, {
    name: plan.name,
    serial: world.random.hex(32),
    nodes: [vios],
    repository,
    pool: plan.pool,
    tiers: [{ name: 'SYSTEM', isDefault: true, disks: data }],
  });
  world.clusters.push(cluster);
  for (const made of [cluster, cluster.pool, ...cluster.pool.tiers]) added(world, made);
  modified(world, vios, 'Other');
  return cluster;
}

function freeVolume(vios: VirtualIOServer, name: string): PhysicalVolume {
  const volume = vios.physicalVolumes.find((candidate) => candidate.name === name);
  if (volume === undefined) throw notFound(`VIOS ${vios.name} has no physical volume ${name}.`);
  const holder = volume.group === undefined ? volume.owner : `volume group ${volume.group.name}`;
  const user = usersOf(vios, volume.udid)[0];
  if (holder !== undefined || user !== undefined)
    throw conflict(`${name} of VIOS ${vios.name} is in use by ${holder ?? user?.adapters.name}.`);
  return volume;
}
