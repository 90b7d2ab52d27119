import type { Behaviour } from './behaviour.js';
import { added, deleted, modified } from './changes.js';
import { nameUuid } from './identity.js';
import { allPartitions } from './managed-system.js';
import { loadGroups } from './network-bridge.js';
import { conflict, invalid } from './refusal.js';
import type { VirtualNetwork } from './virtual-network.js';
import type { VirtualSwitch } from './virtual-switch.js';
import type { World } from './world.js';

export const networkBehaviours: readonly Behaviour[] = [
  {
    id: 'network.derived',
    does: 'a VLAN that an adapter or trunk uses gets its VirtualNetwork by itself, named VLAN<vid>-<switch>; it goes with the last adapter that uses it',
    assumed:
      'NovaLink clients never create networks, yet captured adapters and load groups link to them (3.7, 3.8)',
  },
];

export function createNetwork(
  world: World,
  parent: VirtualSwitch,
  plan: { name: string; vlan: number; tagged: boolean },
): VirtualNetwork {
  if (!Number.isInteger(plan.vlan) || plan.vlan < 1 || plan.vlan > 4094) {
    throw invalid(`VLAN ${plan.vlan} is outside 1 to 4094.`);
  }
  const same = parent.system.networks.find((other) => other.switch === parent && other.vlan === plan.vlan);
  if (same !== undefined)
    throw conflict(`Switch ${parent.name} already has a virtual network for VLAN ${plan.vlan}.`);
  const network: VirtualNetwork = {
    kind: 'VirtualNetwork',
    uuid: nameUuid(`${parent.uuid}/network/${plan.vlan}/${world.random.hex(8)}`),
    system: parent.system,
    switch: parent,
    ...plan,
  };
  parent.system.networks.add(network);
  added(world, network);
  modified(world, parent, 'Other');
  return network;
}

function derivedName(parent: VirtualSwitch, vlan: number): string {
  return `VLAN${vlan}-${parent.name}`;
}

/** The network of a VLAN, made when there is none. */
export function networkFor(
  world: World,
  parent: VirtualSwitch,
  vlan: number,
  tagged: boolean,
): VirtualNetwork {
  const existing = parent.system.networks.find((other) => other.switch === parent && other.vlan === vlan);
  return existing ?? createNetwork(world, parent, { name: derivedName(parent, vlan), vlan, tagged });
}

export function deleteNetwork(world: World, network: VirtualNetwork): void {
  const user = userOf(network);
  if (user !== undefined) throw conflict(`Virtual network ${network.name} is in use by ${user}.`);
  removeNetwork(world, network);
}

/** Removes the network of a VLAN when its last user has gone, unless a client has made it under a name of its own. */
export function releaseNetwork(world: World, parent: VirtualSwitch, vlan: number): void {
  const network = parent.system.networks.find((other) => other.switch === parent && other.vlan === vlan);
  if (network === undefined || network.name !== derivedName(parent, vlan) || userOf(network)) return;
  removeNetwork(world, network);
}

/** Who uses the VLAN: a partition's name, or a bridge. */
function userOf(network: VirtualNetwork): string | undefined {
  const { system, vlan } = network;
  const carries = (user: {
    switch: VirtualSwitch;
    portVlan: number;
    taggedVlans: readonly number[];
  }): boolean =>
    user.switch === network.switch && (user.portVlan === vlan || user.taggedVlans.includes(vlan));
  const bridged = system.bridges.find(
    (bridge) =>
      bridge.switch === network.switch &&
      loadGroups(bridge).some((group) => group.portVlan === vlan || group.taggedVlans.includes(vlan)),
  );
  const user = allPartitions(system).find((partition) => partition.adapters.find(carries) !== undefined);
  return user?.name ?? (bridged && 'a network bridge');
}

function removeNetwork(world: World, network: VirtualNetwork): void {
  network.system.networks.delete(network);
  deleted(world, network);
  modified(world, network.switch, 'Other');
}
