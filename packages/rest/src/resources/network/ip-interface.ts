import { element } from '../../schema/declare.js';
import { text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** An IP address of a VIOS. */
export const IPInterface = element(
  'IPInterface',
  { evidence: 'protocol reference 3.8; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    interfaceName: text('InterfaceName', 'CUD'),
    ipAddress: text('IPAddress', 'CUD'),
    subnetMask: text('SubnetMask', 'CUD'),
    state: text('State', 'CUD', { values: ['Active', 'Inactive', 'Disconnected'] }),
  },
);
export type IPInterface = Lens<typeof IPInterface>;
