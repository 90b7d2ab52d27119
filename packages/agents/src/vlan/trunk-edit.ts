import { AgentError } from '../errors.js';
import { type Change, TAGGED_LIMIT, type Trunk, withVlan } from './model.js';

/**
 * Applies planned changes to the trunks of one shared Ethernet adapter as it is now. A change whose effect is there
 * already is skipped, because an edit may be applied again after its answer was lost.
 *
 * @throws AgentError AGENT_BRIDGE_CHANGED when the trunks are not those of the plan any more
 */
export function editTrunks(trunks: readonly Trunk[], changes: readonly Change[]): readonly Trunk[] {
  return changes.reduce(editTrunk, trunks);
}

function editTrunk(trunks: readonly Trunk[], change: Change): readonly Trunk[] {
  const at = trunks.findIndex((trunk) => trunk.pvid === change.trunk);
  const found = trunks[at];
  switch (change.kind) {
    case 'add-vlan':
      if (carries(trunks, change.vlan)) return trunks;
      if (!found || found.tagged.length >= TAGGED_LIMIT) throw outdated(change);
      return trunks.with(at, { ...found, tagged: withVlan(found.tagged, change.vlan) });
    case 'add-trunk':
      if (carries(trunks, change.vlan)) return trunks;
      if (found) throw outdated(change);
      return [...trunks, { pvid: change.trunk, tagged: [change.vlan] }];
    case 'remove-vlan':
      if (!found?.tagged.includes(change.vlan)) return trunks;
      return trunks.with(at, { ...found, tagged: found.tagged.filter((vlan) => vlan !== change.vlan) });
    case 'remove-trunk':
      if (!found) return trunks;
      if (found.tagged.some((vlan) => vlan !== change.vlan)) throw outdated(change);
      return trunks.toSpliced(at, 1);
    case 'move-pvid':
      if (!found && trunks.some((trunk) => trunk.pvid === change.to)) return trunks;
      if (!found || carries(trunks, change.to)) throw outdated(change);
      return trunks.with(at, { ...found, pvid: change.to });
  }
}

function carries(trunks: readonly Trunk[], vlan: number): boolean {
  return trunks.some((trunk) => trunk.tagged.includes(vlan));
}

function outdated(change: Change): AgentError {
  return new AgentError(
    'AGENT_BRIDGE_CHANGED',
    `the trunk with PVID ${change.trunk} is not as it was when the change was planned`,
  );
}
