import type { Console } from '../console/console.js';
import type { ManagedSystem } from '../world/managed-system.js';
import type { AnyPartition } from '../world/partition.js';
import type { VirtualIOServer } from '../world/vios.js';

export function systemOf(console: Console, uuid: string): ManagedSystem | undefined {
  return console.systems.find((system) => system.uuid === uuid.toLowerCase());
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
