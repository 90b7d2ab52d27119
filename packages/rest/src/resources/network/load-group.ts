import { element } from '../../schema/declare.js';
import { integer, links, list } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { TrunkAdapter } from './trunk-adapter.js';

/**
 * The VLANs that one pair of trunk adapters carries. The primary group is the one whose PortVLANID equals the
 * bridge's; the PVIDs of the others carry no traffic.
 */
export const LoadGroup = element(
  'LoadGroup',
  { evidence: 'protocol reference 3.8; captures nbbr_network_bridge.txt, fake_network_bridge.txt' },
  {
    portVLANID: integer('PortVLANID', 'CUR'),
    trunkAdapters: list(TrunkAdapter, 'TrunkAdapters', 'CUD'),
    virtualNetworks: links('VirtualNetworks', 'CUD'),
  },
);
export type LoadGroup = Lens<typeof LoadGroup>;
