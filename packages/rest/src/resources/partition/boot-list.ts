import { element } from '../../schema/declare.js';
import { text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Boot devices of a partition. */
export const BootListInformation = element(
  'BootListInformation',
  { evidence: 'protocol reference 3.3 (client table; no capture)' },
  {
    pendingBootString: text('PendingBootString', 'unseen'),
    bootDeviceList: text('BootDeviceList', 'unseen'),
    shadowBootDeviceList: text('ShadowBootDeviceList', 'unseen'),
    lastBootedDeviceString: text('LastBootedDeviceString', 'unseen'),
  },
);
export type BootListInformation = Lens<typeof BootListInformation>;
