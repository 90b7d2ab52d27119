import { Cluster as Declaration } from '@openstack-powervm/rest';
import type { Console } from '../console/console.js';
import { pathOf } from '../world/changes.js';
import type { Cluster } from '../world/shared-storage-pool.js';
import type { VirtualIOServer } from '../world/vios.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';
import { poolDiskView } from './shared-storage-view.js';

/** Protocol reference 3.17; capture cluster.txt. */
export const cluster: ResourceKind<Cluster, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [{ parent: undefined, list: clustersOf }],
  identity: ({ uuid, createdAt }) => ({ id: uuid, createdAt }),
  view: (target, context) => ({
    clusterName: target.name,
    clusterID: `22${target.serial}`,
    repositoryDisk: [poolDiskView(target.repository)],
    clusterSharedStoragePool: context.href(pathOf(target.pool)),
    node: target.nodes.map((vios) => nodeView(vios, context)),
  }),
  search: { ClusterName: (target) => target.name },
};

/** The clusters that a console sees: those with a VIOS of its systems. */
export function clustersOf(console: Console): Cluster[] {
  return [
    ...new Set(console.systems.flatMap((system) => [...system.vioses]).flatMap((vios) => vios.cluster ?? [])),
  ];
}

/** A VIOS of another console's system has no link: this console does not manage it (protocol reference 3.17). */
function nodeView(vios: VirtualIOServer, context: ViewContext) {
  const { system } = vios;
  const managed = context.console.systems.includes(system);
  return {
    hostName: `${vios.name}.${system.name}.example.com`,
    partitionID: vios.id,
    machineTypeModelAndSerialNumber: {
      machineType: system.machineType,
      model: system.model,
      serialNumber: system.serial,
    },
    virtualIOServerLevel: vios.operatingSystem.replace('VIOS ', ''),
    virtualIOServer: managed ? context.href(pathOf(vios)) : undefined,
    state: vios.state === 'running' ? 'Up' : 'Down',
  };
}
