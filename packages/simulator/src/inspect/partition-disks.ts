import type { DiskInfo } from '../bytes/byte-store.js';
import { mappingsOfClient } from '../world/fibre-channel-mapping.js';
import type { AnyPartition } from '../world/partition.js';
import { storageLabel, storageName, storageUdid } from '../world/scsi-mapping.js';
import { visibleLuns } from '../world/storage-array.js';
import type { World } from '../world/world.js';

/** A disk or medium as a partition has it. */
export interface PartitionDisk {
  readonly kind: ReturnType<typeof storageLabel> | 'ArrayLun';
  readonly name: string;
  readonly udid: string;
  /** Slot of the partition's adapter. */
  readonly slot: number;
  /** LogicalUnitAddress of virtual SCSI, number of the LUN behind Fibre Channel. */
  readonly address: string;
  /** Where its bytes are; read clones by GET /simulator/disks/{udid}/content, which sees the shared ones too. */
  readonly content: DiskInfo | undefined;
}

/** Everything that the partition could read, whichever VIOS or port it comes through. */
export function partitionDisks(world: World, partition: AnyPartition): PartitionDisk[] {
  return [...scsiDisks(world, partition), ...arrayDisks(world, partition)];
}

function scsiDisks(world: World, partition: AnyPartition): PartitionDisk[] {
  return [...partition.system.vioses].flatMap((vios) =>
    vios.scsiMappings.flatMap(({ adapters, storage, target }) => {
      if (adapters.client !== partition || storage === undefined) return [];
      const udid = storageUdid(storage);
      const key = storage.kind === 'VirtualOpticalMedia' ? storage.media.contentKey : udid;
      return {
        kind: storageLabel(storage),
        name: storageName(storage),
        udid,
        slot: adapters.remoteSlot,
        address: target?.address ?? '',
        content: world.bytes.info(key),
      };
    }),
  );
}

function arrayDisks(world: World, partition: AnyPartition): PartitionDisk[] {
  return mappingsOfClient(partition).flatMap(({ port, wwpns, remoteSlot }) => {
    if (port === undefined) return [];
    const seen = wwpns.flatMap((wwpn) => visibleLuns(world.arrays, { wwpn, fabric: port.fabric }));
    return [...new Set(seen)].map((lun) => ({
      kind: 'ArrayLun' as const,
      name: `${lun.array.name}-${lun.id}`,
      udid: lun.udid,
      slot: remoteSlot,
      address: String(lun.id),
      content: world.bytes.info(lun.udid),
    }));
  });
}
