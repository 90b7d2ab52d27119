import { LogicalPartition, VirtualIOServer } from '@openstack-powervm/rest';
import type { NovaLinkDevices } from '../devices/novalink-devices.js';
import type { CallOptions } from '../flow/index.js';
import type { Partition } from '../partition/partition.js';
import type { ViosFacts } from './vios-facts.js';

/** The partition that the driver runs on: one of its own, or a VIOS that manages the system (OVS-9). */
export interface NovaLinkPartition {
  readonly type: typeof LogicalPartition | typeof VirtualIOServer;
  /** UUID as the server writes it. */
  readonly uuid: string;
  /** Short id. */
  readonly id: number;
}

interface Places {
  readonly partitions: { managing(call: CallOptions): Promise<readonly Pick<Partition, 'uuid' | 'id'>[]> };
  readonly vioses: {
    all(call: CallOptions): Promise<readonly Pick<ViosFacts, 'id' | 'partitionId' | 'isManagement'>[]>;
  };
  readonly devices: Pick<NovaLinkDevices, 'partitionId'>;
}

/**
 * Of several partitions that manage the system, the one that this machine is (L-51): a disk shown to another one would
 * never appear here. Undefined where none manages it, as behind an HMC.
 */
export async function findNovaLink(
  { partitions, vioses, devices }: Places,
  call: CallOptions,
): Promise<NovaLinkPartition | undefined> {
  const [servers, clients] = await Promise.all([vioses.all(call), partitions.managing(call)]);
  const candidates: NovaLinkPartition[] = [
    ...servers
      .filter(({ isManagement }) => isManagement)
      .map(({ id: uuid, partitionId: id }) => ({ type: VirtualIOServer, uuid, id })),
    ...clients.map(({ uuid, id }) => ({ type: LogicalPartition, uuid, id })),
  ];
  if (candidates.length < 2) return candidates[0];
  const own = await devices.partitionId();
  return candidates.find(({ id }) => id === own) ?? candidates[0];
}
