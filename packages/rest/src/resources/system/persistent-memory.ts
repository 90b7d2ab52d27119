import { resource } from '../../schema/declare.js';
import { flag, integer, link, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** A persistent memory device of the system. */
export const PersistentMemoryDevice = resource(
  'PersistentMemoryDevice',
  { evidence: 'protocol reference 3.23 (client table; no capture)', parents: ['ManagedSystem'] },
  {
    dynamicReconfigurationConnectorIndex: integer('DynamicReconfigurationConnectorIndex', 'unseen'),
    type: text('Type', 'unseen'),
    status: text('Status', 'unseen'),
    blockSize: integer('BlockSize', 'unseen'),
    totalSize: integer('TotalSize', 'unseen'),
    freeSize: integer('FreeSize', 'unseen'),
    maximumNumberOfVolumes: integer('MaximumNumberOfVolumes', 'unseen'),
    currentNumberOfVolumes: integer('CurrentNumberOfVolumes', 'unseen'),
    physicalLocationCode: text('PhysicalLocationCode', 'unseen'),
    serialNumber: text('SerialNumber', 'unseen'),
  },
);
export type PersistentMemoryDevice = Lens<typeof PersistentMemoryDevice>;

/** A volume on a persistent memory device. */
export const PersistentMemoryVolume = resource(
  'PersistentMemoryVolume',
  { evidence: 'protocol reference 3.23 (client table; no capture)', parents: ['ManagedSystem'] },
  {
    deviceDynamicReconfigurationConnectorIndex: integer(
      'DeviceDynamicReconfigurationConnectorIndex',
      'unseen',
    ),
    name: text('Name', 'unseen'),
    size: integer('Size', 'unseen'),
    volumeId: text('VolumeId', 'unseen'),
    associatedPartitionName: text('AssociatedPartitionName', 'unseen'),
    associatedPartitionId: integer('AssociatedPartitionId', 'unseen'),
    associatedPartition: link('AssociatedPartition', 'unseen'),
    uuid: text('Uuid', 'unseen'),
  },
);
export type PersistentMemoryVolume = Lens<typeof PersistentMemoryVolume>;

/** A persistent memory volume in main memory, of one partition. The client may choose its Uuid. */
export const VirtualPersistentMemoryVolume = resource(
  'VirtualPersistentMemoryVolume',
  {
    evidence: 'protocol reference 3.23 (client table; no capture); IBM’s documentation of the resource',
    parents: ['LogicalPartition', 'ManagedSystem'],
  },
  {
    uuid: text('Uuid', 'unseen', { since: 'V1_10_0' }),
    name: text('Name', 'unseen', { since: 'V1_10_0' }),
    size: integer('Size', 'unseen', { since: 'V1_10_0', unit: 'MB' }),
    currentSize: integer('CurrentSize', 'unseen', { since: 'V1_10_0', unit: 'MB' }),
    volumeId: text('VolumeId', 'unseen', { since: 'V1_10_0' }),
    affinity: flag('Affinity', 'unseen', { since: 'V1_10_0' }),
    associatedPartitionName: text('AssociatedPartitionName', 'unseen', { since: 'V1_10_0' }),
    associatedPartitionId: integer('AssociatedPartitionId', 'unseen', { since: 'V1_10_0' }),
    associatedPartition: link('AssociatedPartition', 'unseen', { since: 'V1_10_0' }),
  },
);
export type VirtualPersistentMemoryVolume = Lens<typeof VirtualPersistentMemoryVolume>;
