import { checkVlans } from './adapter-lifecycle.js';
import type { Behaviour } from './behaviour.js';
import { modified } from './changes.js';
import { checkControlChannelOf, setControlChannel } from './control-channel.js';
import { macAddress } from './identity.js';
import {
  loadGroups,
  type NetworkBridge,
  type SharedEthernetAdapter,
  type TrunkAdapter,
} from './network-bridge.js';
import { conflict, invalid } from './refusal.js';
import { networkFor } from './virtual-network-lifecycle.js';
import type { World } from './world.js';

export const bridgeBehaviours: readonly Behaviour[] = [
  {
    id: 'bridge.two-views',
    does: 'load groups and the trunk adapters of the SEAs are one state: an edit of either shows in both',
    assumed: 'protocol reference 8.11 (inferred)',
  },
  {
    id: 'bridge.limits',
    does: 'at most 20 tagged VLANs per trunk and 16 trunks per SEA; a VLAN sits on one bridge of a switch; the primary trunk keeps its PVID; both SEAs carry the same VLANs',
    assumed:
      'protocol reference 8.11 lists the limits as constraints of the server; refusals and texts are ours',
  },
];

/** A trunk adapter as posted, under a SEA or in a load group. */
export interface TrunkRequest {
  /** Slot of the present adapter; undefined for a new one. */
  readonly slot: number | undefined;
  readonly portVlan: number;
  readonly taggedVlans: readonly number[];
  readonly priority: number | undefined;
}

export interface BridgeUpdate {
  /** UUIDs of the VIOSes, each with the trunks of its SEA. */
  readonly adapters: readonly { readonly vios: string; readonly trunks: readonly TrunkRequest[] }[];
  /** Load groups with their VLANs, taken from VirtualNetwork links when there are any. */
  readonly groups: readonly { readonly portVlan: number; readonly taggedVlans: readonly number[] }[];
  readonly loadBalancing: boolean;
  /** VLAN of the control channel. */
  readonly controlChannel: number | undefined;
}

interface VlanSet {
  readonly portVlan: number;
  readonly taggedVlans: readonly number[];
}

/** Brings the bridge to what was posted. A `Refusal` leaves it as it was. */
export function updateBridge(world: World, bridge: NetworkBridge, update: BridgeUpdate): void {
  requireTwoForSharing(update.loadBalancing, bridge.adapters.length);
  const wanted = wantedTrunks(bridge, update);
  for (const trunks of wanted.values()) checkTrunks(bridge, trunks);
  checkSameVlans(bridge, wanted);
  for (const [adapter, trunks] of wanted) checkSlots(adapter, trunks);
  const vlans = [...wanted.values()]
    .flat()
    .flatMap(({ portVlan, taggedVlans }) => [portVlan, ...taggedVlans]);
  checkControlChannelOf(bridge, update.controlChannel, vlans);
  bridge.loadBalancing = update.loadBalancing;
  setControlChannel(world, bridge, update.controlChannel);
  for (const adapter of bridge.adapters) applyTrunks(world, bridge, adapter, wanted.get(adapter) ?? []);
  for (const { portVlan, taggedVlans } of loadGroups(bridge)) {
    networkFor(world, bridge.switch, portVlan, false);
    for (const vlan of taggedVlans) networkFor(world, bridge.switch, vlan, true);
  }
  modified(world, bridge, 'Other');
  for (const { vios } of bridge.adapters) modified(world, vios, 'Other');
}

/** Throws a `Refusal`: one SEA has nobody to share with. */
export function requireTwoForSharing(loadBalancing: boolean, adapters: number): void {
  if (loadBalancing && adapters < 2)
    throw invalid('LoadBalancingEnabled needs two Shared Ethernet Adapters.');
}

/** NovaLink clients edit the SEAs, HMC clients the load groups (protocol reference 8.11): whichever differs counts. */
function wantedTrunks(
  bridge: NetworkBridge,
  update: BridgeUpdate,
): Map<SharedEthernetAdapter, readonly TrunkRequest[]> {
  const posted = new Map<SharedEthernetAdapter, readonly TrunkRequest[]>();
  for (const adapter of bridge.adapters) {
    const request = update.adapters.find((a) => a.vios.toLowerCase() === adapter.vios.uuid.toLowerCase());
    if (request === undefined) {
      throw conflict(
        `The Shared Ethernet Adapter of VIOS ${adapter.vios.name} cannot be taken out of its bridge.`,
      );
    }
    posted.set(adapter, request.trunks);
  }
  const edited = bridge.adapters.some((adapter) => !sameVlans(posted.get(adapter) ?? [], adapter.trunks));
  if (edited || sameVlans(update.groups, loadGroups(bridge))) return posted;
  return new Map(bridge.adapters.map((adapter) => [adapter, trunksForGroups(adapter, update.groups)]));
}

function trunksForGroups(adapter: SharedEthernetAdapter, groups: readonly VlanSet[]): TrunkRequest[] {
  return groups.map(({ portVlan, taggedVlans }) => {
    const present = adapter.trunks.find((trunk) => trunk.portVlan === portVlan);
    return { slot: present?.slot, portVlan, taggedVlans, priority: present?.priority };
  });
}

function sameVlans(left: readonly VlanSet[], right: readonly VlanSet[]): boolean {
  return vlanKey(left) === vlanKey(right);
}

function vlanKey(trunks: readonly VlanSet[]): string {
  return trunks
    .map(({ portVlan, taggedVlans }) => `${portVlan}:${[...taggedVlans].sort((a, b) => a - b).join(',')}`)
    .sort()
    .join(' ');
}

function checkTrunks(bridge: NetworkBridge, trunks: readonly TrunkRequest[]): void {
  if (!trunks.some((trunk) => trunk.portVlan === bridge.portVlan)) {
    throw invalid(`The primary trunk with PVID ${bridge.portVlan} cannot be taken off the bridge.`);
  }
  if (trunks.length > 16) throw conflict('A Shared Ethernet Adapter can have at most 16 trunk adapters.');
  const seen = new Set<number>();
  for (const trunk of trunks) {
    checkVlans(trunk.portVlan, trunk.taggedVlans);
    for (const vlan of [trunk.portVlan, ...trunk.taggedVlans]) {
      if (seen.has(vlan)) throw conflict(`VLAN ${vlan} is on two trunk adapters of the same bridge.`);
      seen.add(vlan);
    }
  }
  for (const vlan of seen) checkFree(bridge, vlan);
}

/** A VLAN of another bridge or of an orphan trunk on the same switch is taken (protocol reference 8.11). */
function checkFree(bridge: NetworkBridge, vlan: number): void {
  const own = new Set(bridge.adapters.flatMap((adapter) => adapter.trunks));
  for (const vios of bridge.system.vioses) {
    const other = vios.trunkAdapters.find(
      (trunk) =>
        !own.has(trunk) &&
        trunk.switch === bridge.switch &&
        (trunk.portVlan === vlan || trunk.taggedVlans.includes(vlan)),
    );
    if (other !== undefined) {
      throw conflict(`VLAN ${vlan} is already on trunk adapter ${other.deviceName} of VIOS ${vios.name}.`);
    }
  }
}

function checkSameVlans(
  bridge: NetworkBridge,
  wanted: ReadonlyMap<SharedEthernetAdapter, readonly TrunkRequest[]>,
): void {
  const [first, second] = bridge.adapters.map((adapter) => wanted.get(adapter) ?? []);
  if (first !== undefined && second !== undefined && !sameVlans(first, second)) {
    throw invalid('The trunk adapters of both Shared Ethernet Adapters must carry the same VLANs.');
  }
}

/** Slots of trunks that go are not counted on: they are freed only while the new ones are made. */
function checkSlots({ vios, trunks }: SharedEthernetAdapter, wanted: readonly TrunkRequest[]): void {
  const more = wanted.filter((request) => !trunks.some((trunk) => trunk.slot === request.slot)).length;
  if (more > vios.slots.free) {
    throw conflict(
      `VIOS ${vios.name} has ${vios.slots.free} free virtual slots; ${more} trunk adapters need one.`,
    );
  }
}

function applyTrunks(
  world: World,
  bridge: NetworkBridge,
  adapter: SharedEthernetAdapter,
  wanted: readonly TrunkRequest[],
): void {
  const kept = new Set(wanted.map((request) => request.slot));
  for (const trunk of adapter.trunks.filter((present) => !kept.has(present.slot)))
    removeTrunk(adapter, trunk);
  for (const request of wanted) {
    const present = adapter.trunks.find((trunk) => trunk.slot === request.slot);
    if (present === undefined) addTrunk(world, bridge, adapter, request);
    else Object.assign(present, { portVlan: request.portVlan, taggedVlans: request.taggedVlans });
  }
}

export function addTrunk(
  world: World,
  bridge: NetworkBridge,
  adapter: SharedEthernetAdapter,
  request: TrunkRequest,
): TrunkAdapter {
  const { vios } = adapter;
  const trunk: TrunkAdapter = {
    vios,
    slot: vios.slots.takeHighest(`VIOS ${vios.name}`),
    mac: macAddress(world.random),
    deviceName: `ent${vios.deviceNumbers.ent.next()}`,
    switch: bridge.switch,
    priority: request.priority ?? (adapter.isPrimary ? 1 : 2),
    portVlan: request.portVlan,
    taggedVlans: request.taggedVlans,
  };
  adapter.trunks.push(trunk);
  vios.trunkAdapters.push(trunk);
  return trunk;
}

function removeTrunk(adapter: SharedEthernetAdapter, trunk: TrunkAdapter): void {
  const { vios } = adapter;
  adapter.trunks.splice(adapter.trunks.indexOf(trunk), 1);
  vios.trunkAdapters.splice(vios.trunkAdapters.indexOf(trunk), 1);
  vios.slots.release(trunk.slot);
  vios.deviceNumbers.ent.release(Number(trunk.deviceName.slice(3)));
}
