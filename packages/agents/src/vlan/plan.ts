import { AgentError } from '../errors.js';
import {
  after,
  type Bridge,
  type BridgeChange,
  bridgeOf,
  HIGHEST_VLAN,
  serves,
  TAGGED_LIMIT,
  type Topology,
  TRUNK_LIMIT,
  type Trunk,
  trunksOf,
} from './model.js';

/** What has to be done, in order, and which VLANs cannot be had. */
export interface Plan {
  readonly changes: readonly BridgeChange[];
  /** Why a VLAN was refused; the others are not affected. */
  readonly refused: ReadonlyMap<number, AgentError>;
  /** The bridges as they will be. */
  readonly result: Topology;
}

export interface PlanOptions {
  /** Open a new trunk for each VLAN as long as there may be more (`load_balance_vlan_across_veas`). */
  readonly spread?: boolean | undefined;
  /** VLANs that networks of other bridges use: a bridge on the same switch must not lose these. */
  readonly inUse?: ReadonlyMap<string, ReadonlySet<number>> | undefined;
}

/** Plans how to bring VLANs to a bridge (SEAA-5, protocol reference 8.11). */
export function planEnsure(
  topology: Topology,
  bridge: string,
  vlans: Iterable<number>,
  options: PlanOptions = {},
): Plan {
  const wanted = [...new Set(vlans)].sort((a, b) => a - b);
  return planEach(topology, wanted, (draft, vlan) => ensure(draft, bridge, vlan, wanted, options));
}

/**
 * Plans how to take VLANs off a bridge (SEAA-9, protocol reference 8.11). What the primary trunk carries stays, and
 * so does everything on a bridge that has no other trunk.
 */
export function planRemove(topology: Topology, bridge: string, vlans: Iterable<number>): Plan {
  const unwanted = [...new Set(vlans)].sort((a, b) => a - b);
  return planEach(topology, unwanted, (draft, vlan) => {
    const fillers = bridgeOf(draft.topology, bridge).additional.filter((trunk) => trunk.pvid === vlan);
    if (fillers.length > 0) moveFiller(draft, bridge, vlan, unwanted);
    else takeOff(draft, bridge, vlan);
  });
}

/** Changes on the way to a plan. */
class Draft {
  readonly changes: BridgeChange[] = [];

  constructor(public topology: Topology) {}

  change(bridge: string, change: BridgeChange['change']): void {
    const step = { bridge, change };
    this.changes.push(step);
    this.topology = after(this.topology, step);
  }
}

/** Plans each VLAN by itself: what a refused one would have changed is forgotten. */
function planEach(
  topology: Topology,
  vlans: readonly number[],
  plan: (draft: Draft, vlan: number) => void,
): Plan {
  const changes: BridgeChange[] = [];
  const refused = new Map<number, AgentError>();
  let current = topology;
  for (const vlan of vlans) {
    const draft = new Draft(current);
    try {
      plan(draft, vlan);
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      refused.set(vlan, error);
      continue;
    }
    changes.push(...draft.changes);
    current = draft.topology;
  }
  return { changes, refused, result: current };
}

function ensure(
  draft: Draft,
  id: string,
  vlan: number,
  wanted: readonly number[],
  options: PlanOptions,
): void {
  const bridge = bridgeOf(draft.topology, id);
  if (serves(bridge, vlan)) return;
  if (!Number.isInteger(vlan) || vlan < 1 || vlan > HIGHEST_VLAN)
    throw refusal(bridge, vlan, `it is not a VLAN from 1 to ${HIGHEST_VLAN}`);
  refuseOrphan(draft, bridge, vlan);
  for (const peer of peersOf(draft.topology, bridge)) {
    if (peer.primary.pvid === vlan)
      throw refusal(
        bridge,
        vlan,
        `it is the untagged VLAN of ${peer.name}, a bridge on the same virtual switch`,
      );
    if (options.inUse?.get(peer.id)?.has(vlan) && serves(peer, vlan))
      throw refusal(bridge, vlan, `a network on ${peer.name}, a bridge on the same virtual switch, uses it`);
    takeOff(draft, peer.id, vlan);
  }
  for (const each of [bridge, ...peersOf(draft.topology, bridge)]) moveFiller(draft, each.id, vlan, wanted);
  putOn(draft, id, vlan, wanted, options);
}

function putOn(
  draft: Draft,
  id: string,
  vlan: number,
  wanted: readonly number[],
  { spread }: PlanOptions,
): void {
  const bridge = bridgeOf(draft.topology, id);
  const roomy = bridge.additional.filter((trunk) => trunk.tagged.length < TAGGED_LIMIT);
  const emptiest = roomy.reduce<Trunk | undefined>(
    (best, trunk) => (best && best.tagged.length <= trunk.tagged.length ? best : trunk),
    undefined,
  );
  // With load balancing a lone trunk with room is left a partner, so that both sides carry the same number of trunks.
  const lonely = bridge.loadBalancing && roomy.length === 1 && bridge.additional.length % 2 === 1;
  const canGrow = bridge.additional.length < TRUNK_LIMIT;
  if (emptiest && !(canGrow && (lonely || spread))) {
    draft.change(id, { kind: 'add-vlan', trunk: emptiest.pvid, vlan });
    return;
  }
  if (!canGrow)
    throw refusal(
      bridge,
      vlan,
      `its ${TRUNK_LIMIT} additional trunk adapters carry ${TAGGED_LIMIT} VLANs each`,
    );
  const pvid = unusedVlan(draft.topology, bridge, [...wanted, vlan]);
  if (pvid === undefined)
    throw refusal(bridge, vlan, 'no VLAN is left for the PVID of another trunk adapter');
  draft.change(id, { kind: 'add-trunk', trunk: pvid, vlan });
}

/** Gives the trunk of the bridge whose filler PVID is this VLAN another PVID. */
function moveFiller(draft: Draft, id: string, vlan: number, reserved: readonly number[]): void {
  const bridge = bridgeOf(draft.topology, id);
  if (!bridge.additional.some((trunk) => trunk.pvid === vlan)) return;
  const to = unusedVlan(draft.topology, bridge, reserved);
  if (to === undefined)
    throw refusal(bridge, vlan, 'it is the PVID of a trunk adapter, and no other VLAN is left');
  draft.change(id, { kind: 'move-pvid', trunk: vlan, to });
}

function takeOff(draft: Draft, id: string, vlan: number): void {
  const bridge = bridgeOf(draft.topology, id);
  const trunk = bridge.additional.find((each) => each.tagged.includes(vlan));
  if (!trunk) return;
  const last = trunk.tagged.length === 1;
  const dispensable = !bridge.loadBalancing || bridge.additional.length > 1;
  if (last && dispensable) draft.change(id, { kind: 'remove-trunk', trunk: trunk.pvid, vlan });
  else draft.change(id, { kind: 'remove-vlan', trunk: trunk.pvid, vlan });
}

function refuseOrphan({ topology }: Draft, bridge: Bridge, vlan: number): void {
  const orphan = topology.orphans.find(
    (each) => each.switchId === bridge.switchId && (each.pvid === vlan || each.tagged.includes(vlan)),
  );
  if (orphan)
    throw refusal(
      bridge,
      vlan,
      `trunk adapter ${orphan.device} on ${orphan.vios}, which is in no bridge, carries it`,
    );
}

/** The other bridges on the same virtual switch. */
function peersOf(topology: Topology, bridge: Bridge): readonly Bridge[] {
  return topology.bridges.filter((each) => each.id !== bridge.id && each.switchId === bridge.switchId);
}

/** The highest VLAN from 4094 down to 2 that nothing on the switch uses and that is not reserved. */
function unusedVlan(
  topology: Topology,
  { switchId }: Bridge,
  reserved: readonly number[],
): number | undefined {
  const trunks = [
    ...topology.bridges.filter((bridge) => bridge.switchId === switchId).flatMap(trunksOf),
    ...topology.orphans.filter((orphan) => orphan.switchId === switchId),
  ];
  const used = new Set([...reserved, ...trunks.flatMap((trunk) => [trunk.pvid, ...trunk.tagged])]);
  for (let vlan = HIGHEST_VLAN; vlan >= 2; vlan -= 1) if (!used.has(vlan)) return vlan;
  return undefined;
}

function refusal(bridge: Bridge, vlan: number, why: string): AgentError {
  return new AgentError('AGENT_VLAN_REFUSED', `VLAN ${vlan} cannot be put on bridge ${bridge.name}: ${why}`);
}
