import { resource } from '../../schema/declare.js';
import { flag, integer, link, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** A VLAN on a virtual switch. */
export const VirtualNetwork = resource(
  'VirtualNetwork',
  { evidence: 'protocol reference 3.7; capture nbbr_virtual_network.txt', parents: ['ManagedSystem'] },
  {
    associatedSwitch: link('AssociatedSwitch', 'COD'),
    networkName: text('NetworkName', 'CUR'),
    networkVLANID: integer('NetworkVLANID', 'COD'),
    vswitchID: integer('VswitchID', 'ROR'),
    taggedNetwork: flag('TaggedNetwork', 'COD'),
  },
);
export type VirtualNetwork = Lens<typeof VirtualNetwork>;
