/**
 * What the planner knows about the bridges of one system: plain data, so that every decision can be tested without
 * a system. A trunk stands for the pair of trunk adapters with the same PVID on both shared Ethernet adapters of a
 * bridge (protocol reference 3.8).
 */
export interface Trunk {
  readonly pvid: number;
  /** Tagged VLANs, ascending. */
  readonly tagged: readonly number[];
}

export interface Bridge {
  /** UUID of the NetworkBridge. */
  readonly id: string;
  /** For people: `ent5 on vios1, ent6 on vios2`. */
  readonly name: string;
  /** The shared Ethernet adapters, by device name and VIOS name. */
  readonly adapters: readonly { readonly device: string; readonly vios: string }[];
  /** VirtualSwitchID; VLANs are unique within a switch. */
  readonly switchId: number;
  readonly loadBalancing: boolean;
  /** The trunk whose PVID is the bridge's own; never changed. */
  readonly primary: Trunk;
  /** The other trunks. Their PVIDs are fillers that carry no traffic. */
  readonly additional: readonly Trunk[];
}

/** A trunk adapter of a VIOS that belongs to no shared Ethernet adapter. */
export interface OrphanTrunk extends Trunk {
  readonly switchId: number;
  readonly vios: string;
  readonly device: string;
}

export interface Topology {
  readonly bridges: readonly Bridge[];
  readonly orphans: readonly OrphanTrunk[];
}

/** One step on one bridge, in the words of the platform. A trunk is named by its PVID. */
export type Change =
  | { readonly kind: 'add-vlan'; readonly trunk: number; readonly vlan: number }
  | { readonly kind: 'add-trunk'; readonly trunk: number; readonly vlan: number }
  | { readonly kind: 'remove-vlan'; readonly trunk: number; readonly vlan: number }
  /** The VLAN is the last one on the trunk. */
  | { readonly kind: 'remove-trunk'; readonly trunk: number; readonly vlan: number }
  | { readonly kind: 'move-pvid'; readonly trunk: number; readonly to: number };

export interface BridgeChange {
  readonly bridge: string;
  readonly change: Change;
}

/** The most tagged VLANs a trunk adapter takes (protocol reference 8.11). */
export const TAGGED_LIMIT = 20;
/** The most additional trunk adapters a shared Ethernet adapter takes (protocol reference 8.11). */
export const TRUNK_LIMIT = 15;
export const HIGHEST_VLAN = 4094;

/** Whether traffic of the VLAN passes the bridge. Filler PVIDs do not count. */
export function serves(bridge: Bridge, vlan: number): boolean {
  return bridge.primary.pvid === vlan || trunksOf(bridge).some((trunk) => trunk.tagged.includes(vlan));
}

export function trunksOf(bridge: Bridge): readonly Trunk[] {
  return [bridge.primary, ...bridge.additional];
}

/** Every VLAN on the bridge except filler PVIDs, ascending. */
export function servedVlans(bridge: Bridge): number[] {
  const all = new Set([bridge.primary.pvid, ...trunksOf(bridge).flatMap((trunk) => trunk.tagged)]);
  return [...all].sort((a, b) => a - b);
}

/** @throws Error when the topology has no such bridge, which is a mistake of the caller */
export function bridgeOf(topology: Topology, id: string): Bridge {
  const found = topology.bridges.find((bridge) => bridge.id === id);
  if (!found) throw new Error(`no network bridge ${id}`);
  return found;
}

/** The topology after one change. Changing the primary trunk is a mistake of the caller. */
export function after(topology: Topology, { bridge: id, change }: BridgeChange): Topology {
  const bridges = topology.bridges.map((bridge) =>
    bridge.id === id ? { ...bridge, additional: changed(bridge.additional, change) } : bridge,
  );
  return { ...topology, bridges };
}

function changed(trunks: readonly Trunk[], change: Change): readonly Trunk[] {
  const edit = (editTrunk: (trunk: Trunk) => Trunk) =>
    trunks.map((trunk) => (trunk.pvid === change.trunk ? editTrunk(trunk) : trunk));
  switch (change.kind) {
    case 'add-vlan':
      return edit((trunk) => ({ ...trunk, tagged: withVlan(trunk.tagged, change.vlan) }));
    case 'remove-vlan':
      return edit((trunk) => ({ ...trunk, tagged: trunk.tagged.filter((vlan) => vlan !== change.vlan) }));
    case 'move-pvid':
      return edit((trunk) => ({ ...trunk, pvid: change.to }));
    case 'add-trunk':
      return [...trunks, { pvid: change.trunk, tagged: [change.vlan] }];
    case 'remove-trunk':
      return trunks.filter((trunk) => trunk.pvid !== change.trunk);
  }
}

/** The list with the VLAN, each once, ascending. */
export function withVlan(tagged: readonly number[], vlan: number): number[] {
  return [...new Set([...tagged, vlan])].sort((a, b) => a - b);
}
