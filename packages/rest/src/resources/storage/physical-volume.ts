import { element } from '../../schema/declare.js';
import { flag, integer, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { EncryptionAgent } from './encryption.js';

/** A disk of a VIOS. As a reference in a mapping it needs only `VolumeName`. */
export const PhysicalVolume = element(
  'PhysicalVolume',
  { evidence: 'protocol reference 3.13; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
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
    availablePhysicalPartitions: integer('AvailablePhysicalPartitions', 'unseen'),
    description: text('Description', 'CUD'),
    locationCode: text('LocationCode', 'ROR'),
    persistentReserveKeyValue: text('PersistentReserveKeyValue', 'ROR'),
    reservePolicy: text('ReservePolicy', 'CUD', { values: ['NoReserve', 'SinglePath'] }),
    reservePolicyAlgorithm: text('ReservePolicyAlgorithm', 'CUD', {
      values: ['Failover', 'Load_Balance', 'Round_Robin'],
    }),
    totalPhysicalPartitions: integer('TotalPhysicalPartitions', 'unseen'),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR', { note: 'Begins with 01.' }),
    availableForUsage: flag('AvailableForUsage', 'CUD'),
    usage: flag('Usage', 'CUD'),
    volumeCapacity: integer('VolumeCapacity', 'CUR', { unit: 'MB' }),
    volumeName: text('VolumeName', 'CUR'),
    volumeState: text('VolumeState', 'ROR', { values: ['active', 'missing', 'removed', 'varied off'] }),
    volumeUniqueID: text('VolumeUniqueID', 'ROR'),
    isFibreChannelBacked: flag('IsFibreChannelBacked', 'ROR'),
    storageLabel: text('StorageLabel', 'ROR', { since: 'V1_3_0' }),
    descriptorPage83: text('DescriptorPage83', 'ROR', {
      note: 'Base64 of the NAA id; when it is absent the LUARecovery job tells it.',
    }),
  },
);
export type PhysicalVolume = Lens<typeof PhysicalVolume>;
