import { Cluster, type Node, SharedStoragePool } from '@openstack-powervm/rest';
import type { Console } from '../console/console.js';
import { readPosted, required } from '../documents/read-document.js';
import { createCluster } from '../world/cluster-lifecycle.js';
import { uuidOfReference } from '../world/identity.js';
import { invalid, notFound } from '../world/refusal.js';
import type { VirtualIOServer } from '../world/vios.js';
import type { JobKind } from './job-kind.js';

/** Protocol reference 4.9: the only way to make a cluster, with one node. */
export const clusterCreateJob: JobKind = {
  group: 'Cluster',
  operation: 'Create',
  of: 'type',
  parameters: { clusterXml: 'any', sspXml: 'any' },
  run: async ({ world, console, parameters }) => {
    const cluster = readPosted(Cluster, parameters.get('clusterXml') ?? '');
    const pool = readPosted(SharedStoragePool, parameters.get('sspXml') ?? '');
    const [node, ...others] = cluster.node;
    if (node === undefined || others.length > 0) throw invalid('A cluster is created with exactly one node.');
    createCluster(world, {
      name: required(cluster.clusterName, 'ClusterName'),
      vios: viosOfNode(console, node),
      repository: required(
        cluster.repositoryDisk.at(0)?.volumeName,
        'RepositoryDisk/PhysicalVolume/VolumeName',
      ),
      pool: required(pool.storagePoolName, 'StoragePoolName'),
      volumes: pool.physicalVolumes.map((volume) => required(volume.volumeName, 'VolumeName')),
    });
    return {};
  },
};

/** By link, or by machine and partition id (protocol reference 3.17). */
function viosOfNode(console: Console, node: Node): VirtualIOServer {
  const uuid = uuidOfReference(node.virtualIOServer ?? '')?.toUpperCase();
  const serial = node.machineTypeModelAndSerialNumber?.serialNumber;
  const vios = console.systems
    .flatMap((system) => [...system.vioses])
    .find((candidate) =>
      uuid === undefined
        ? candidate.id === node.partitionID && candidate.system.serial === serial
        : candidate.uuid === uuid,
    );
  if (vios === undefined) throw notFound('The node of the cluster is no VIOS of this console.');
  return vios;
}
