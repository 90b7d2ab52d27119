import { resource } from '../../schema/declare.js';
import { flag, gigabytes, integer, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { EncryptionAgent } from './encryption.js';

/** A logical unit of a shared storage pool; as an element also in the pool and in mappings. */
export const LogicalUnit = resource(
  'LogicalUnit',
  { evidence: 'protocol reference 3.18; captures lufeed.txt, ssp.txt', parents: ['Tier'] },
  {
    readIOPS: integer('ReadIOPS', 'unseen', { since: 'V1_7_0' }),
    writeIOPS: integer('WriteIOPS', 'unseen', { since: 'V1_7_0' }),
    encryptionState: text('EncryptionState', 'unseen'),
    encryptionKey: text('EncryptionKey', 'unseen', { since: 'V1_7_0', note: 'Write-only.' }),
    encryptionAgent: nested(EncryptionAgent, 'EncryptionAgent', 'unseen'),
    tag: text('Tag', 'unseen', { since: 'V1_9_0' }),
    emulateModel: flag('EmulateModel', 'unseen', { since: 'V1_9_0' }),
    thinDevice: flag('ThinDevice', 'CUR'),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR'),
    unitCapacity: gigabytes('UnitCapacity', 'COR'),
    logicalUnitType: text('LogicalUnitType', 'COD', {
      values: [
        'VirtualIO_Disk',
        'VirtualIO_Image',
        'VirtualIO_Hibernation',
        'VirtualIO_Active_Memory_Sharing',
      ],
    }),
    clonedFrom: text('ClonedFrom', 'COD', {
      note: 'UDID of the image; compare without the two-digit prefix.',
    }),
    inUse: flag('InUse', 'ROR'),
    unitName: text('UnitName', 'CUR'),
    logicalUnitMigration: text('LogicalUnitMigration', 'unseen'),
  },
);
export type LogicalUnit = Lens<typeof LogicalUnit>;
