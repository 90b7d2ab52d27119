import { createAdapter, deleteAdapter } from '../adapter-lifecycle.js';
import type { ClientNetworkAdapter } from '../client-network-adapter.js';
import { allPartitions } from '../managed-system.js';
import { loadGroups } from '../network-bridge.js';
import type { LogicalPartition } from '../partition.js';
import type { VirtualSwitch } from '../virtual-switch.js';
import type { World } from '../world.js';
import type { MigrationRequest } from './migration-plan.js';

/** A client network adapter and where it will be plugged in. */
export interface AdapterMove {
  readonly adapter: ClientNetworkAdapter;
  readonly switch: VirtualSwitch;
  readonly portVlan: number;
  readonly taggedVlans: readonly number[];
}

/** Switches are found by name; a VLAN that a bridge carries here must be bridged there (protocol reference 4.5). */
export function planAdapterMoves(
  partition: LogicalPartition,
  request: MigrationRequest,
): { moves: AdapterMove[]; problems: string[] } {
  const { target, vlans } = request;
  const own = [...partition.adapters];
  const problems = [...vlans.keys()]
    .filter((mac) => !own.some((adapter) => adapter.mac === mac))
    .map((mac) => `The partition has no network adapter with MAC address ${mac}.`);
  const moves = own.flatMap((adapter): AdapterMove[] => {
    const there = target.switches.find((candidate) => candidate.name === adapter.switch.name);
    const wanted = vlans.get(adapter.mac);
    if (there === undefined) {
      problems.push(`System ${target.name} has no virtual switch ${adapter.switch.name}.`);
      return [];
    }
    if (carriesMac(there, adapter.mac))
      problems.push(`MAC address ${adapter.mac} is already in use on system ${target.name}.`);
    const move = {
      adapter,
      switch: there,
      portVlan: wanted?.portVlan ?? adapter.portVlan,
      taggedVlans: wanted?.tagged ?? adapter.taggedVlans,
    };
    problems.push(...unreachable(move, request));
    return [move];
  });
  return { moves, problems };
}

export function makeAdapters(world: World, shell: LogicalPartition, moves: readonly AdapterMove[]): void {
  for (const { adapter, ...place } of moves) {
    const { slot, mac, taggedSupported, allowedMacs, trunkPriority, deviceName } = adapter;
    const { mtu, ovsBridge, ovsExternalIds, enabled } = adapter;
    const there = { slot, mac, taggedSupported, allowedMacs, trunkPriority, deviceName };
    const made = createAdapter(world, shell, { ...there, mtu, ovsBridge, ovsExternalIds, ...place });
    made.enabled = enabled;
  }
}

export function removeAdapters(world: World, partition: LogicalPartition): void {
  for (const adapter of [...partition.adapters]) deleteAdapter(world, adapter);
}

function unreachable(
  move: AdapterMove,
  { target, skipVlanCheck, allowOtherNetworkHost }: MigrationRequest,
): string[] {
  const { adapter } = move;
  if (isBridged(adapter.switch, adapter.portVlan)) {
    if (skipVlanCheck) return [];
    return [move.portVlan, ...move.taggedVlans]
      .filter((vlan) => !isBridged(move.switch, vlan))
      .map(
        (vlan) =>
          `No network bridge of system ${target.name} carries VLAN ${vlan} of switch ${move.switch.name}.`,
      );
  }
  if (isTrunked(adapter.switch, adapter.portVlan) && !allowOtherNetworkHost)
    return [`The network of adapter ${adapter.mac} is not hosted by a VIOS.`];
  return [];
}

function isBridged(parent: VirtualSwitch, vlan: number): boolean {
  return [...parent.system.bridges].some(
    (bridge) =>
      bridge.switch === parent &&
      (bridge.portVlan === vlan || loadGroups(bridge).some(({ taggedVlans }) => taggedVlans.includes(vlan))),
  );
}

/** A trunk adapter of a partition, as Open vSwitch in the management partition has them. */
function isTrunked(parent: VirtualSwitch, vlan: number): boolean {
  return allPartitions(parent.system).some((host) =>
    [...host.adapters].some(
      (adapter) =>
        adapter.trunkPriority !== undefined &&
        adapter.switch === parent &&
        (adapter.portVlan === vlan || adapter.taggedVlans.includes(vlan)),
    ),
  );
}

const carriesMac = ({ system }: VirtualSwitch, mac: string): boolean =>
  allPartitions(system).some(({ adapters }) => adapters.find((adapter) => adapter.mac === mac) !== undefined);
