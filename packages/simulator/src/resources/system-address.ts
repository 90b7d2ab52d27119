import type { Console } from '../console/console.js';
import type { ManagedSystem } from '../world/managed-system.js';
import type { AnyPartition } from '../world/partition.js';
import { invalid } from '../world/refusal.js';
import type { VirtualIOServer } from '../world/vios.js';

export function systemOf(console: Console, uuid: string): ManagedSystem | undefined {
  return console.systems.find((system) => system.uuid === uuid.toLowerCase());
}

/** Where a new partition goes. Throws a `Refusal` when the path leaves that open. */
export function systemForNew(console: Console, parent: string): ManagedSystem {
  const [only, ...others] = console.systems;
  const system = parent !== '' ? systemOf(console, parent) : others.length === 0 ? only : undefined;
  if (system === undefined) throw invalid('The managed system of a new partition is unknown.');
  return system;
}

export function viosOf(console: Console, uuid: string): VirtualIOServer | undefined {
  return find(console, (system) => system.vioses.get(uuid));
}

/** LPAR or VIOS. */
export function partitionOf(console: Console, uuid: string): AnyPartition | undefined {
  return find(
    console,
    (system): AnyPartition | undefined => system.partitions.get(uuid) ?? system.vioses.get(uuid),
  );
}

function find<T>(console: Console, look: (system: ManagedSystem) => T | undefined): T | undefined {
  for (const system of console.systems) {
    const found = look(system);
    if (found !== undefined) return found;
  }
  return undefined;
}
