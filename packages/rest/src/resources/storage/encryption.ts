import { element } from '../../schema/declare.js';
import { integer, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** How a LUKS volume is encrypted. */
export const LUKSEncryptor = element(
  'LUKSEncryptor',
  { evidence: 'protocol reference 3.13; capture fake_volume_group.txt' },
  {
    cipher: text('Cipher', 'CUD', { since: 'V1_7_0' }),
    keySize: integer('KeySize', 'CUD', { since: 'V1_7_0' }),
    hash: text('Hash', 'CUD', { since: 'V1_7_0' }),
  },
);
export type LUKSEncryptor = Lens<typeof LUKSEncryptor>;

/** A choice with one known alternative. */
export const EncryptionAgent = element(
  'EncryptionAgent',
  { evidence: 'protocol reference 3.13; capture fake_volume_group.txt', bare: true },
  {
    luksEncryptor: nested(LUKSEncryptor, 'LUKSEncryptor', 'none'),
  },
);
export type EncryptionAgent = Lens<typeof EncryptionAgent>;
