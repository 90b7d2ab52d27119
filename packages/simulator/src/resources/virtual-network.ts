import { VirtualNetwork as Declaration, type VirtualNetwork } from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import type { Call } from '../http/call.js';
import { pathOf } from '../world/changes.js';
import { uuidOfReference } from '../world/identity.js';
import { invalid } from '../world/refusal.js';
import type { VirtualNetwork as Network } from '../world/virtual-network.js';
import { createNetwork, deleteNetwork } from '../world/virtual-network-lifecycle.js';
import type { ResourceKind } from './resource-kind.js';
import { systemOf } from './system-address.js';

/** Protocol reference 3.7; capture nbbr_virtual_network.txt. */
export const virtualNetwork: ResourceKind<Network, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [
    {
      parent: 'ManagedSystem',
      list: (console, id) => {
        const system = systemOf(console, id);
        return system === undefined ? undefined : [...system.networks];
      },
    },
  ],
  identity: (network) => ({ id: network.uuid, createdAt: 0 }),
  view: (network, context) => ({
    associatedSwitch: context.href(pathOf(network.switch)),
    networkName: network.name,
    networkVLANID: network.vlan,
    vswitchID: network.switch.id,
    taggedNetwork: network.tagged,
  }),
  create,
  remove: (call, network) => deleteNetwork(call.world, network),
};

function create(call: Call, posted: VirtualNetwork, parent: string): Network {
  const href = required(posted.associatedSwitch, 'AssociatedSwitch');
  const target = systemOf(call.console, parent)?.switches.get(uuidOfReference(href) ?? '');
  if (target === undefined) throw invalid(`There is no virtual switch ${href}.`);
  return createNetwork(call.world, target, {
    name: required(posted.networkName, 'NetworkName'),
    vlan: required(posted.networkVLANID, 'NetworkVLANID'),
    tagged: required(posted.taggedNetwork, 'TaggedNetwork'),
  });
}
