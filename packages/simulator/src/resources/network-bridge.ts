import {
  NetworkBridge as Declaration,
  type LoadGroup,
  type NetworkBridge,
  type SharedEthernetAdapter,
  type TrunkAdapter,
} from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import type { Call } from '../http/call.js';
import { type BridgePlan, createBridge, deleteBridge } from '../world/bridge-lifecycle.js';
import { type BridgeUpdate, type TrunkRequest, updateBridge } from '../world/bridge-update.js';
import { controlChannelOf } from '../world/control-channel.js';
import { uuidOfReference } from '../world/identity.js';
import { type NetworkBridge as Bridge, loadGroups } from '../world/network-bridge.js';
import { invalid } from '../world/refusal.js';
import { loadGroupView, networkLinks, seaView } from './bridge-view.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';
import { systemOf, viosOf } from './system-address.js';
import { vlanList } from './vlans.js';

/** Protocol reference 3.8. */
export const networkBridge: ResourceKind<Bridge, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [
    {
      parent: 'ManagedSystem',
      list: (console, id) => {
        const system = systemOf(console, id);
        return system === undefined ? undefined : [...system.bridges];
      },
    },
  ],
  identity: (bridge) => ({ id: bridge.uuid, createdAt: bridge.createdAt }),
  view,
  create,
  update: (call, bridge, posted) => updateBridge(call.world, bridge, readUpdate(bridge, posted)),
  remove: (call, bridge) => deleteBridge(call.world, bridge),
};

function view(bridge: Bridge, context: ViewContext) {
  const groups = loadGroups(bridge);
  return {
    controlChannelID: controlChannelOf(bridge),
    failoverEnabled: bridge.adapters.length > 1,
    loadBalancingEnabled: bridge.loadBalancing,
    loadGroups: groups.map((group) => loadGroupView(bridge, group, context)),
    portVLANID: bridge.portVlan,
    sharedEthernetAdapters: bridge.adapters.map((sea) => seaView(bridge, sea, context)),
    uniqueDeviceID: String(bridge.number),
    virtualNetworks: networkLinks(bridge, groups, context),
  };
}

function readUpdate(bridge: Bridge, posted: NetworkBridge): BridgeUpdate {
  return {
    adapters: posted.sharedEthernetAdapters.map((sea) => ({
      vios: viosReference(sea),
      trunks: sea.trunkAdapters.map(readTrunk),
    })),
    groups: posted.loadGroups.map((group) => readGroup(bridge, group)),
    loadBalancing: posted.loadBalancingEnabled ?? bridge.loadBalancing,
    controlChannel: posted.controlChannelID,
  };
}

function viosReference(sea: SharedEthernetAdapter): string {
  const href = required(sea.assignedVirtualIOServer, 'AssignedVirtualIOServer');
  const uuid = uuidOfReference(href);
  if (uuid === undefined) throw invalid(`AssignedVirtualIOServer ${href} names no VIOS.`);
  return uuid;
}

function readTrunk(trunk: TrunkAdapter): TrunkRequest {
  return {
    slot: trunk.virtualSlotNumber,
    portVlan: required(trunk.portVLANID, 'PortVLANID'),
    taggedVlans: vlanList(trunk.taggedVLANIDs),
    priority: trunk.trunkPriority,
  };
}

/** HMC clients edit the links to virtual networks, not the trunks (protocol reference 8.11). */
function readGroup(bridge: Bridge, group: LoadGroup): BridgeUpdate['groups'][number] {
  const portVlan = required(group.portVLANID, 'PortVLANID');
  const taggedVlans = group.virtualNetworks.flatMap((href) => {
    const network = bridge.system.networks.get(uuidOfReference(href) ?? '');
    if (network === undefined) throw invalid(`There is no virtual network ${href}.`);
    return network.vlan === portVlan ? [] : [network.vlan];
  });
  return { portVlan, taggedVlans };
}

function create(call: Call, posted: NetworkBridge, parent: string): Bridge {
  const system = systemOf(call.console, parent);
  if (system === undefined) throw invalid(`There is no managed system ${parent}.`);
  return createBridge(call.world, system, readPlan(call, posted, system.switches));
}

function readPlan(
  call: Call,
  posted: NetworkBridge,
  switches: NonNullable<ReturnType<typeof systemOf>>['switches'],
): BridgePlan {
  const seas = posted.sharedEthernetAdapters.toArray();
  const trunk = seas[0]?.trunkAdapters.at(0);
  if (trunk === undefined)
    throw invalid('A new network bridge needs a Shared Ethernet Adapter with a trunk adapter.');
  const parent = switches.get(uuidOfReference(trunk.associatedVirtualSwitch[0] ?? '') ?? '');
  if (parent === undefined)
    throw invalid('AssociatedVirtualSwitch of the trunk adapter names no virtual switch.');
  return {
    switch: parent,
    portVlan: required(posted.portVLANID, 'PortVLANID'),
    taggedVlans: vlanList(trunk.taggedVLANIDs),
    loadBalancing: posted.loadBalancingEnabled ?? false,
    controlChannel: posted.controlChannelID,
    adapters: seas.map((sea) => {
      const vios = viosOf(call.console, viosReference(sea));
      if (vios === undefined) throw invalid(`There is no VIOS ${viosReference(sea)}.`);
      const device = sea.backingDeviceChoice?.ethernetBackingDevice?.deviceName;
      return { vios, device: required(device, 'BackingDeviceChoice/EthernetBackingDevice/DeviceName') };
    }),
  };
}
