import {
  PersistentMemoryDevice as DeviceDeclaration,
  type Init,
  idOf,
  type ManagedSystem as ManagedSystemDeclaration,
  type PartitionPersistentMemoryConfiguration,
  type VirtualPersistentMemoryVolume,
  VirtualPersistentMemoryVolume as VolumeDeclaration,
  PersistentMemoryVolume as VolumeOnDeviceDeclaration,
} from '@openstack-powervm/rest';
import type { Console } from '../console/console.js';
import { required } from '../documents/read-document.js';
import { pathOf } from '../world/changes.js';
import type { ManagedSystem } from '../world/managed-system.js';
import type { AnyPartition, LogicalPartition } from '../world/partition.js';
import {
  deviceVolumes,
  isPersistentMemoryCapable,
  MAXIMUM_VOLUMES,
  memoryVolumesOf,
  type PersistentMemoryDevice,
  type PersistentMemoryVolume,
  type VirtualPersistentMemoryVolume as Volume,
  volumesMb,
} from '../world/persistent-memory.js';
import {
  createMemoryVolume,
  deleteMemoryVolume,
  renameMemoryVolume,
} from '../world/persistent-memory-lifecycle.js';
import { conflict, invalid, notFound } from '../world/refusal.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';
import { partitionOf, systemOf } from './system-address.js';

/** Protocol reference 3.23. */
export const persistentMemoryDevice: ResourceKind<PersistentMemoryDevice, typeof DeviceDeclaration.fields> = {
  type: DeviceDeclaration,
  addresses: [
    { parent: 'ManagedSystem', list: (console, id) => systemOf(console, id)?.persistentMemory.devices },
  ],
  identity: ({ uuid }) => ({ id: uuid, createdAt: 0 }),
  view: (device) => ({
    dynamicReconfigurationConnectorIndex: device.connectorIndex,
    type: device.type,
    status: 'Normal',
    blockSize: device.blockMb,
    totalSize: device.sizeMb,
    freeSize: device.sizeMb - volumesMb(device.volumes),
    maximumNumberOfVolumes: device.maximumVolumes,
    currentNumberOfVolumes: device.volumes.length,
    physicalLocationCode: device.location,
    serialNumber: device.serial,
  }),
};

/** Protocol reference 3.23. */
export const persistentMemoryVolume: ResourceKind<
  PersistentMemoryVolume,
  typeof VolumeOnDeviceDeclaration.fields
> = {
  type: VolumeOnDeviceDeclaration,
  addresses: [
    {
      parent: 'ManagedSystem',
      list: (console, id) => {
        const system = systemOf(console, id);
        return system === undefined ? undefined : deviceVolumes(system);
      },
    },
  ],
  identity: ({ uuid }) => ({ id: uuid, createdAt: 0 }),
  view: ({ device, name, sizeMb, id, partition, uuid }, context) => ({
    deviceDynamicReconfigurationConnectorIndex: device.connectorIndex,
    name,
    size: sizeMb,
    volumeId: String(id),
    ...ownerView(partition, context),
    uuid,
  }),
};

/** Protocol reference 3.23; IBM documents the address below the system too. */
export const virtualPersistentMemoryVolume: ResourceKind<Volume, typeof VolumeDeclaration.fields> = {
  type: VolumeDeclaration,
  addresses: [
    {
      parent: 'LogicalPartition',
      list: (console, id) => {
        const partition = partitionOf(console, id);
        return partition?.kind === 'LogicalPartition' ? memoryVolumesOf(partition) : undefined;
      },
    },
    { parent: 'ManagedSystem', list: (console, id) => systemOf(console, id)?.persistentMemory.volumes },
  ],
  identity: ({ uuid }) => ({ id: uuid, createdAt: 0 }),
  view: ({ uuid, name, sizeMb, id, affinity, partition }, context) => ({
    uuid,
    name,
    size: sizeMb,
    currentSize: sizeMb,
    volumeId: String(id),
    affinity,
    ...ownerView(partition, context),
  }),
  create: (call, posted, parent) =>
    createMemoryVolume(call.world, ownerOf(call.console, posted, parent), {
      uuid: posted.uuid ?? (idOf(posted) === '' ? undefined : idOf(posted)),
      name: required(posted.name, 'Name'),
      sizeMb: required(posted.size, 'Size'),
      affinity: posted.affinity ?? false,
    }),
  update: (call, volume, posted) => {
    const { size = volume.sizeMb, affinity = volume.affinity } = posted;
    if (size !== volume.sizeMb || affinity !== volume.affinity)
      throw conflict(`Volume ${volume.name} can only be renamed: its size and affinity stay as they are.`);
    renameMemoryVolume(call.world, volume, required(posted.name, 'Name'));
  },
  remove: (call, volume) => deleteMemoryVolume(call.world, volume),
};

/** What a system says of persistent memory (protocol reference 3.2). */
export function systemMemoryConfiguration(
  system: ManagedSystem,
): Init<typeof ManagedSystemDeclaration>['associatedPersistentMemoryConfiguration'] {
  if (!isPersistentMemoryCapable(system)) return undefined;
  const { devices, volumes } = system.persistentMemory;
  const used = volumesMb(volumes);
  return {
    maximumPersistentMemoryVolumes: MAXIMUM_VOLUMES,
    currentPersistentMemoryVolumes: volumes.length + deviceVolumes(system).length,
    maximumAixLinuxPersistentMemoryVolumes: MAXIMUM_VOLUMES,
    maximumOS400PersistentMemoryVolumes: 0,
    maximumVIOSPersistentMemoryVolumes: 0,
    dramPersistentMemoryVolumeBlockSize: system.memoryBlockMb,
    dramPersistentMemoryVolumesSize: used,
    dramPersistentMemoryVolumesCurrentSize: used,
    supportedPersistentMemoryDeviceTypes: [...new Set(['DRAM', ...devices.map(({ type }) => type)])],
  };
}

/** What a partition says of persistent memory (protocol reference 3.3; capture lpar.txt). */
export function partitionMemoryConfiguration(
  partition: AnyPartition,
): Init<typeof PartitionPersistentMemoryConfiguration> | undefined {
  if (!isPersistentMemoryCapable(partition.system)) return undefined;
  const own = memoryVolumesOf(partition).length;
  const onDevices = deviceVolumes(partition.system).filter((volume) => volume.partition === partition).length;
  return {
    maximumPersistentMemoryVolumes: MAXIMUM_VOLUMES,
    currentPersistentMemoryVolumes: own + onDevices,
    maximumDramPersistentMemoryVolumes: partition.system.persistentMemory.volumesPerPartition,
    currentDramPersistentMemoryVolumes: own,
  };
}

function ownerView(partition: AnyPartition | undefined, context: ViewContext) {
  if (partition === undefined) return {};
  return {
    associatedPartitionName: partition.name,
    associatedPartitionId: partition.id,
    associatedPartition: context.href(pathOf(partition)),
  };
}

/** Below a partition AssociatedPartitionId may be left out; below a system it says whose the volume is. */
function ownerOf(console: Console, posted: VirtualPersistentMemoryVolume, parent: string): LogicalPartition {
  const id = posted.associatedPartitionId;
  const own = partitionOf(console, parent);
  if (own?.kind === 'LogicalPartition') {
    if (id !== undefined && id !== own.id)
      throw invalid(`AssociatedPartitionId ${id} is not that of partition ${own.name}, which is ${own.id}.`);
    return own;
  }
  const wanted = required(id, 'AssociatedPartitionId');
  const found = systemOf(console, parent)?.partitions.find((partition) => partition.id === wanted);
  if (found === undefined) throw notFound(`There is no logical partition with id ${wanted}.`);
  return found;
}
