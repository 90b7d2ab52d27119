import type { FibreChannelPort } from './fibre-channel-port.js';
import { allPartitions } from './managed-system.js';
import type { AnyPartition } from './partition.js';

/** A pair of virtual Fibre Channel adapters, and the port behind it (protocol reference 3.15). */
export interface FibreChannelMapping {
  /** `vfchost3` */
  readonly name: string;
  readonly number: number;
  readonly serverSlot: number;
  readonly remoteId: number;
  readonly remoteSlot: number;
  /** Undefined when the client is gone: the mapping is an orphan. */
  client: AnyPartition | undefined;
  /** Lower case. */
  readonly wwpns: readonly [string, string];
  /** Undefined when nothing backs the pair. */
  port: FibreChannelPort | undefined;
}

/** The mappings of a partition, over all VIOSes of its system. */
export function mappingsOfClient(partition: AnyPartition): FibreChannelMapping[] {
  return allPartitions(partition.system).flatMap((host) =>
    host.kind === 'VirtualIOServer'
      ? host.fibreChannelMappings.filter((mapping) => mapping.client === partition)
      : [],
  );
}
