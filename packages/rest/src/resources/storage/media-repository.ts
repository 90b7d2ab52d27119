import { element } from '../../schema/declare.js';
import { flag, gigabytes, integer, list, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { EncryptionAgent } from './encryption.js';

/** An ISO image in a media repository. The name has at most 37 characters (2.7). */
export const VirtualOpticalMedia = element(
  'VirtualOpticalMedia',
  { evidence: 'protocol reference 3.12; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    readIOPS: integer('ReadIOPS', 'unseen', { since: 'V1_7_0' }),
    writeIOPS: integer('WriteIOPS', 'unseen', { since: 'V1_7_0' }),
    encryptionState: text('EncryptionState', 'unseen'),
    encryptionKey: text('EncryptionKey', 'unseen', { since: 'V1_7_0', note: 'Write-only.' }),
    encryptionAgent: nested(EncryptionAgent, 'EncryptionAgent', 'unseen'),
    tag: text('Tag', 'unseen', { since: 'V1_9_0' }),
    emulateModel: flag('EmulateModel', 'unseen', { since: 'V1_9_0' }),
    mediaName: text('MediaName', 'CUR'),
    mediaUDID: text('MediaUDID', 'ROR', { note: '0e + name' }),
    mountType: text('MountType', 'CUD', { values: ['rw', 'ro'] }),
    size: gigabytes('Size', 'CUR'),
  },
);
export type VirtualOpticalMedia = Lens<typeof VirtualOpticalMedia>;

/** The media repository of a VIOS; at most one in a volume group. */
export const VirtualMediaRepository = element(
  'VirtualMediaRepository',
  { evidence: 'protocol reference 3.12; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    opticalMedia: list(VirtualOpticalMedia, 'OpticalMedia', 'CUD'),
    repositoryName: text('RepositoryName', 'CUR'),
    repositorySize: gigabytes('RepositorySize', 'CUR'),
  },
);
export type VirtualMediaRepository = Lens<typeof VirtualMediaRepository>;
