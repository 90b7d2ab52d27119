import type { BridgeChange, Change } from './model.js';

/** Changes of one bridge that go into one write. */
export interface Stage {
  readonly bridge: string;
  readonly changes: readonly Change[];
}

/**
 * Cuts a plan into writes: bridges in the order of their first change, except that the bridge which receives VLANs
 * comes last, because its peers must have given them up; and on each bridge filler PVIDs move first, in a write of
 * their own (protocol reference 8.11).
 */
export function stagesOf(plan: readonly BridgeChange[]): Stage[] {
  const byBridge = new Map<string, Change[]>();
  for (const { bridge, change } of plan) byBridge.set(bridge, [...(byBridge.get(bridge) ?? []), change]);
  const receives = (changes: readonly Change[]) => changes.some((change) => change.kind.startsWith('add-'));
  const ordered = [...byBridge].sort(([, a], [, b]) => Number(receives(a)) - Number(receives(b)));
  return ordered.flatMap(([bridge, all]) => movesFirst(all).map((changes) => ({ bridge, changes })));
}

/** Pulls the moves to the front; steps that named a trunk by its old PVID get the new one. */
function movesFirst(changes: readonly Change[]): Change[][] {
  const moves = changes.filter((change) => change.kind === 'move-pvid');
  const renamed = new Map(moves.map((move) => [move.trunk, move.to]));
  const others = changes
    .filter((change) => change.kind !== 'move-pvid')
    .map((change) => ({ ...change, trunk: renamed.get(change.trunk) ?? change.trunk }));
  return [moves, others].filter((each) => each.length > 0);
}
