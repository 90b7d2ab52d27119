import { element } from '../../schema/declare.js';
import { flag, gigabytes, integer, link, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { EncryptionAgent } from './encryption.js';

/** A logical volume, file or RBD image that a VIOS serves as a disk. */
export const VirtualDisk = element(
  'VirtualDisk',
  { evidence: 'protocol reference 3.12; captures fake_vios_mappings.txt, upload_volgrp.txt' },
  {
    readIOPS: integer('ReadIOPS', 'CUD', { since: 'V1_7_0' }),
    writeIOPS: integer('WriteIOPS', 'CUD', { since: 'V1_7_0' }),
    encryptionState: text('EncryptionState', 'CUD', {
      since: 'V1_7_0',
      values: ['Unencrypted', 'Formatted', 'Unlocked'],
    }),
    encryptionKey: text('EncryptionKey', 'unseen', { since: 'V1_7_0', note: 'Write-only.' }),
    encryptionAgent: nested(EncryptionAgent, 'EncryptionAgent', 'CUD', { since: 'V1_7_0' }),
    tag: text('Tag', 'unseen', { since: 'V1_9_0' }),
    emulateModel: flag('EmulateModel', 'unseen', { since: 'V1_9_0' }),
    diskCapacity: gigabytes('DiskCapacity', 'CUR'),
    diskLabel: text('DiskLabel', 'CUR', {
      note: 'Must be present on create: None when unused. Holds the path of file-backed disks.',
    }),
    diskName: text('DiskName', 'CUR'),
    maxLogicalVolumes: integer('MaxLogicalVolumes', 'unseen'),
    partitionSize: integer('PartitionSize', 'unseen'),
    volumeGroup: link('VolumeGroup', 'ROR'),
    baseImage: text('BaseImage', 'unseen', { note: 'UDID of the virtual disk to copy; on create only.' }),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR', { note: '03 + serial of the volume group + .N' }),
    virtualDiskType: text('VirtualDiskType', 'CUD', {
      since: 'V1_5_0',
      values: ['File', 'LogicalVolume', 'RBD'],
    }),
    backStoreType: text('BackStoreType', 'unseen', {
      since: 'V1_5_0',
      values: ['fileio', 'user:qcow', 'loop', 'user:rbd'],
    }),
    fileFormat: text('FileFormat', 'unseen', { since: 'V1_5_0', values: ['raw', 'qcow2'] }),
    rbdUser: text('RbdUser', 'unseen', { since: 'V1_9_0' }),
    optionalParameters: text('OptionalParameters', 'unseen'),
  },
);
export type VirtualDisk = Lens<typeof VirtualDisk>;
