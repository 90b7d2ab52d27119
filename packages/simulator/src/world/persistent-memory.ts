import type { SitePersistentMemory } from '../site/persistent-memory.js';
import { nameUuid } from './identity.js';
import { allPartitions, type ManagedSystem } from './managed-system.js';
import type { AnyPartition, LogicalPartition } from './partition.js';
import type { Random } from './random.js';

/** Persistent memory of a system: devices, and volumes in main memory (protocol reference 3.2, 3.23). */
export interface PersistentMemory {
  /** Most volumes in main memory of one partition. */
  readonly volumesPerPartition: number;
  /** Partitions with volumes in main memory may migrate. */
  readonly migration: boolean;
  readonly devices: PersistentMemoryDevice[];
  readonly volumes: VirtualPersistentMemoryVolume[];
}

export interface PersistentMemoryDevice {
  readonly kind: 'PersistentMemoryDevice';
  readonly uuid: string;
  readonly connectorIndex: number;
  readonly type: string;
  readonly blockMb: number;
  readonly sizeMb: number;
  readonly maximumVolumes: number;
  readonly location: string;
  readonly serial: string;
  readonly volumes: PersistentMemoryVolume[];
}

/** A volume on a device. */
export interface PersistentMemoryVolume {
  readonly kind: 'PersistentMemoryVolume';
  readonly uuid: string;
  readonly device: PersistentMemoryDevice;
  readonly id: number;
  readonly name: string;
  readonly sizeMb: number;
  readonly partition: AnyPartition | undefined;
}

/** A volume in main memory, of one partition: it outlives the partition's power cycles. */
export interface VirtualPersistentMemoryVolume {
  readonly kind: 'VirtualPersistentMemoryVolume';
  readonly uuid: string;
  readonly partition: LogicalPartition;
  readonly id: number;
  name: string;
  readonly sizeMb: number;
  readonly affinity: boolean;
}

/** Volumes of partitions in all: captured (lpar.txt, MaximumPersistentMemoryVolumes). */
export const MAXIMUM_VOLUMES = 964;

export function buildPersistentMemory(
  system: ManagedSystem,
  plan: SitePersistentMemory,
  random: Random,
): PersistentMemoryDevice[] {
  return plan.devices.map((site, index) => {
    const device: PersistentMemoryDevice = {
      kind: 'PersistentMemoryDevice',
      uuid: nameUuid(`${system.uuid}/pmem/${index}`),
      connectorIndex: 754_974_720 + index,
      type: site.type,
      blockMb: site.blockMb,
      sizeMb: site.sizeMb,
      maximumVolumes: site.maximumVolumes,
      location: `U78C7.001.WZS${system.serial.slice(-4)}-P1-D${index + 1}`,
      serial: random.hex(12).toUpperCase(),
      volumes: [],
    };
    device.volumes.push(
      ...site.volumes.map(
        ({ name, sizeMb, partition }, at): PersistentMemoryVolume => ({
          kind: 'PersistentMemoryVolume',
          uuid: nameUuid(`${device.uuid}/${name}`),
          device,
          id: at + 1,
          name,
          sizeMb,
          partition: allPartitions(system).find((owner) => owner.name === partition),
        }),
      ),
    );
    return device;
  });
}

export const isPersistentMemoryCapable = ({ capabilities }: ManagedSystem): boolean =>
  capabilities['PersistentMemoryCapable'] === true;

export const deviceVolumes = ({ persistentMemory }: ManagedSystem): PersistentMemoryVolume[] =>
  persistentMemory.devices.flatMap(({ volumes }) => volumes);

export const memoryVolumesOf = (partition: AnyPartition): VirtualPersistentMemoryVolume[] =>
  partition.system.persistentMemory.volumes.filter((volume) => volume.partition === partition);

/** Main memory that volumes take, MB; whether their partitions are on does not matter. */
export const volumesMb = (volumes: readonly { readonly sizeMb: number }[]): number =>
  volumes.reduce((sum, { sizeMb }) => sum + sizeMb, 0);
