import { resource } from '../../schema/declare.js';
import { flag, integer, links, list, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { LoadGroup } from './load-group.js';
import { SharedEthernetAdapter } from './shared-ethernet-adapter.js';

/** One shared Ethernet adapter, or a failover pair on two VIOSes. */
export const NetworkBridge = resource(
  'NetworkBridge',
  {
    evidence: 'protocol reference 3.8; captures nbbr_network_bridge.txt, fake_network_bridge.txt',
    parents: ['ManagedSystem'],
  },
  {
    controlChannelID: integer('ControlChannelID', 'CUD'),
    failoverEnabled: flag('FailoverEnabled', 'CUD'),
    loadBalancingEnabled: flag('LoadBalancingEnabled', 'CUD'),
    loadGroups: list(LoadGroup, 'LoadGroups', 'CUD'),
    portVLANID: integer('PortVLANID', 'COR'),
    sharedEthernetAdapters: list(SharedEthernetAdapter, 'SharedEthernetAdapters', 'CUD'),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR'),
    virtualNetworks: links('VirtualNetworks', 'ROR'),
  },
);
export type NetworkBridge = Lens<typeof NetworkBridge>;
