import { element } from '../../schema/declare.js';
import { integer, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** A licence tier of IBM i. */
export const IBMiVirtualSoftwareTier = element(
  'IBMiVirtualSoftwareTier',
  { evidence: 'protocol reference 3.2 (client table; no capture)' },
  {
    tierName: text('TierName', 'unseen'),
    maximumAllowedProcessors: integer('MaximumAllowedProcessors', 'unseen'),
    maximumAllowedMemory: integer('MaximumAllowedMemory', 'unseen'),
  },
);
export type IBMiVirtualSoftwareTier = Lens<typeof IBMiVirtualSoftwareTier>;
