import { pathOf } from '../world/changes.js';
import type { AnyPartition } from '../world/partition.js';
import type { ResourceKind } from './resource-kind.js';

/** Protocol reference 2.11; the names beyond PartitionID and PartitionType are from IBM's documentation. */
export const partitionQuick: NonNullable<ResourceKind<AnyPartition, Record<string, never>>['quick']> = {
  PartitionName: (partition) => partition.name,
  PartitionID: (partition) => partition.id,
  PartitionState: (partition) => partition.state,
  PartitionType: (partition) => partition.type,
  RMCState: (partition) => partition.rmc,
  AssociatedManagedSystem: (partition, context) => context.href(pathOf(partition.system)),
  IsVirtualServiceAttentionLEDOn: () => false,
};

export const partitionSearch: Readonly<Record<string, (partition: AnyPartition) => string>> = {
  PartitionName: (partition) => partition.name,
  PartitionID: (partition) => String(partition.id),
};
