import { element } from '../../schema/declare.js';
import { nested } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { EthernetBackingDevice } from '../network/ethernet-backing-device.js';
import { SRIOVAdapter } from '../network/sriov-adapter.js';
import { IOAdapter } from './io-adapter.js';

/** One adapter of whichever kind. */
export const IOAdapterChoice = element(
  'IOAdapterChoice',
  {
    evidence: 'protocol reference 3.2, 3.5, 3.10; captures sys_with_sriov.txt, fake_vios_feed.txt',
    bare: true,
  },
  {
    ioAdapter: nested(IOAdapter, 'IOAdapter', 'none'),
    ethernetBackingDevice: nested(EthernetBackingDevice, 'EthernetBackingDevice', 'none'),
    sriovAdapter: nested(SRIOVAdapter, 'SRIOVAdapter', 'none'),
  },
);
export type IOAdapterChoice = Lens<typeof IOAdapterChoice>;
