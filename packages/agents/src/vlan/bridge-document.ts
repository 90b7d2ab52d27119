import {
  type NetworkBridge,
  type SharedEthernetAdapter,
  type TrunkAdapter,
  uuidOf,
  type VirtualIOServer,
} from '@openstack-powervm/rest';
import { AgentError } from '../errors.js';
import type { Bridge, Change, OrphanTrunk, Trunk } from './model.js';
import { editTrunks } from './trunk-edit.js';

type BridgeEntity = { readonly id: string; readonly value: NetworkBridge };

/** What the planner needs of a NetworkBridge document. `viosName` gives a VIOS's name by UUID, for messages. */
export function readBridge({ id, value }: BridgeEntity, viosName: (uuid: string) => string): Bridge {
  const seas = value.sharedEthernetAdapters.toArray();
  const adapters = seas.map((sea) => ({
    device: sea.deviceName ?? '',
    vios: viosName(uuidOf(sea.assignedVirtualIOServer) ?? ''),
  }));
  const pvid = value.portVLANID;
  const primary = seas
    .flatMap((sea) => sea.trunkAdapters.toArray())
    .find((trunk) => trunk.portVLANID === pvid);
  const name = adapters.map(({ device, vios }) => `${device} on ${vios}`).join(', ');
  if (primary === undefined || primary.virtualSwitchID === undefined)
    throw new AgentError(
      'AGENT_SYSTEM',
      `network bridge ${id} (${name}) has no trunk adapter for its VLAN ${pvid}`,
    );
  return {
    id,
    name,
    adapters,
    switchId: primary.virtualSwitchID,
    loadBalancing: value.loadBalancingEnabled ?? false,
    primary: readTrunk(primary),
    additional: additionalOf(seas, pvid),
  };
}

/** Trunks of both adapters by PVID; when only one of a pair carries a VLAN, the pair counts as carrying it. */
function additionalOf(adapters: readonly SharedEthernetAdapter[], primary: number | undefined): Trunk[] {
  const byPvid = new Map<number, Set<number>>();
  for (const trunk of adapters.flatMap((sea) => sea.trunkAdapters.map(readTrunk))) {
    if (trunk.pvid === primary) continue;
    byPvid.set(trunk.pvid, new Set([...(byPvid.get(trunk.pvid) ?? []), ...trunk.tagged]));
  }
  return [...byPvid].map(([pvid, tagged]) => ({ pvid, tagged: [...tagged].sort((a, b) => a - b) }));
}

/** Trunk adapters of a VIOS that none of its shared Ethernet adapters contains (protocol reference 3.8). */
export function readOrphans(vios: VirtualIOServer): OrphanTrunk[] {
  const contained = new Set(
    vios.sharedEthernetAdapters
      .toArray()
      .flatMap((sea) => [
        sea.controlChannelInterfaceName,
        ...sea.trunkAdapters.map((trunk) => trunk.deviceName),
      ]),
  );
  return vios.trunkAdapters
    .filter((trunk) => !contained.has(trunk.deviceName))
    .map((trunk) => ({
      ...readTrunk(trunk),
      switchId: trunk.virtualSwitchID ?? -1,
      vios: vios.partitionName ?? '',
      device: trunk.deviceName ?? trunk.dynamicReconfigurationConnectorName ?? '',
    }));
}

function readTrunk(trunk: TrunkAdapter): Trunk {
  return { pvid: trunk.portVLANID ?? 0, tagged: readVlans(trunk.taggedVLANIDs) };
}

/** `100 101` → ascending numbers; absent and empty both mean none. */
export function readVlans(text: string | undefined): number[] {
  const words = (text ?? '').split(/\s+/).filter((word) => word !== '');
  return words.map(Number).sort((a, b) => a - b);
}

/**
 * Edits the trunk adapters of every shared Ethernet adapter of the bridge, the unit of edit on a NovaLink
 * (protocol reference 8.11). Returns whether anything changed.
 *
 * @throws AgentError AGENT_BRIDGE_CHANGED before anything is edited
 */
export function editBridge(bridge: NetworkBridge, changes: readonly Change[], highSlots: boolean): boolean {
  const edits = bridge.sharedEthernetAdapters.map((sea) => {
    const before = sea.trunkAdapters.toArray();
    const wanted = editTrunks(before.map(readTrunk), changes);
    return { sea, before, wanted };
  });
  const moves = new Map(
    changes.flatMap((change) => (change.kind === 'move-pvid' ? [[change.to, change.trunk]] : [])),
  );
  return edits
    .map(({ sea, before, wanted }) => rewrite(sea, before, wanted, moves, highSlots))
    .includes(true);
}

/** `moves` says under which PVID a trunk was known before. */
function rewrite(
  sea: SharedEthernetAdapter,
  before: readonly TrunkAdapter[],
  wanted: readonly Trunk[],
  moves: ReadonlyMap<number, number>,
  highSlots: boolean,
): boolean {
  let changed = false;
  const kept = new Set<TrunkAdapter>();
  for (const { pvid, tagged } of wanted) {
    const present =
      before.find((trunk) => trunk.portVLANID === pvid) ??
      before.find((trunk) => trunk.portVLANID === moves.get(pvid));
    if (present) {
      kept.add(present);
      changed = update(present, { pvid, tagged }) || changed;
    } else {
      sea.trunkAdapters.add(newTrunk(sea, { pvid, tagged }, highSlots));
      changed = true;
    }
  }
  for (const trunk of before) if (!kept.has(trunk)) changed = sea.trunkAdapters.remove(trunk) || changed;
  return changed;
}

function update(trunk: TrunkAdapter, { pvid, tagged }: Trunk): boolean {
  const now = readTrunk(trunk);
  if (now.pvid === pvid && now.tagged.join() === tagged.join()) return false;
  trunk.portVLANID = pvid;
  trunk.taggedVLANIDs = tagged.join(' ');
  trunk.taggedVLANSupported = tagged.length > 0;
  return true;
}

/** A trunk on the switch and with the priority of the adapter's primary one (protocol reference 3.8, 8.11). */
function newTrunk(sea: SharedEthernetAdapter, { pvid, tagged }: Trunk, highSlots: boolean) {
  const primary =
    sea.trunkAdapters.find((trunk) => trunk.portVLANID === sea.portVLANID) ?? sea.trunkAdapters.at(0);
  return {
    requiredAdapter: true,
    ...(highSlots ? { useNextAvailableHighSlotID: true } : { useNextAvailableSlotID: true }),
    portVLANID: pvid,
    taggedVLANIDs: tagged.join(' '),
    taggedVLANSupported: tagged.length > 0,
    associatedVirtualSwitch: primary?.associatedVirtualSwitch ?? [],
    virtualSwitchID: primary?.virtualSwitchID,
    trunkPriority: primary?.trunkPriority,
  };
}
