import { resource } from '../../schema/declare.js';
import { integer, links, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/**
 * A virtual Ethernet switch of the hypervisor. An HMC calls the default one `ETHERNET0(Default)`, NovaLink
 * `ETHERNET0`.
 */
export const VirtualSwitch = resource(
  'VirtualSwitch',
  {
    evidence: 'protocol reference 3.6; captures vswitch_feed.txt, fake_virtual_switch.txt',
    parents: ['ManagedSystem'],
  },
  {
    switchID: integer('SwitchID', 'ROR'),
    switchMode: text('SwitchMode', 'CUD', { values: ['Veb', 'Vepa'] }),
    switchName: text('SwitchName', 'CUD'),
    virtualNetworks: links('VirtualNetworks', 'CUD'),
  },
);
export type VirtualSwitch = Lens<typeof VirtualSwitch>;
