import { element, resource } from '../../schema/declare.js';
import { integer, link, list, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { MachineTypeModelAndSerialNumber } from '../system/machine-type.js';
import { PhysicalVolume } from './physical-volume.js';

/**
 * A VIOS in a cluster. A node that this endpoint does not manage has no VirtualIOServer link. The container has
 * the same name.
 */
export const Node = element(
  'Node',
  { evidence: 'protocol reference 3.17; capture cluster.txt' },
  {
    hostName: text('HostName', 'CUD'),
    partitionID: integer('PartitionID', 'CUD'),
    partitionName: text('PartitionName', 'unseen'),
    machineTypeModelAndSerialNumber: nested(
      MachineTypeModelAndSerialNumber,
      'MachineTypeModelAndSerialNumber',
      'CUD',
    ),
    virtualIOServerLevel: text('VirtualIOServerLevel', 'CUD'),
    virtualIOServer: link('VirtualIOServer', 'CUD'),
    ipAddress: text('IPAddress', 'unseen'),
    state: text('State', 'ROR', { since: 'V1_3_0', values: ['Up', 'Down', 'Unknown'] }),
  },
);
export type Node = Lens<typeof Node>;

/** A shared storage pool cluster. Created by a job only. */
export const Cluster = resource(
  'Cluster',
  { evidence: 'protocol reference 3.17; capture cluster.txt', root: true, search: ['ClusterName'] },
  {
    clusterName: text('ClusterName', 'COR'),
    clusterID: text('ClusterID', 'CUD'),
    repositoryDisk: list(PhysicalVolume, 'RepositoryDisk', 'CUD'),
    clusterSharedStoragePool: link('ClusterSharedStoragePool', 'CUD'),
    node: list(Node, 'Node', 'CUD'),
    clusterCapabilities: text('ClusterCapabilities', 'unseen'),
  },
);
export type Cluster = Lens<typeof Cluster>;
