import { added, modified } from '../changes.js';
import type { LogicalPartition } from '../partition.js';
import {
  deviceVolumes,
  isPersistentMemoryCapable,
  memoryVolumesOf,
  type VirtualPersistentMemoryVolume,
} from '../persistent-memory.js';
import { addMemoryVolume, releaseMemoryVolume } from '../persistent-memory-lifecycle.js';
import type { World } from '../world.js';
import type { MigrationRequest } from './migration-plan.js';

/** A persistent memory volume in main memory, and its name on the target. */
export interface MemoryVolumeMove {
  readonly volume: VirtualPersistentMemoryVolume;
  readonly name: string;
}

/** Names are unique in a system: the request may give a volume another one (protocol reference 4.5). */
export function planMemoryVolumeMoves(
  partition: LogicalPartition,
  { target, memoryVolumes }: MigrationRequest,
): { moves: MemoryVolumeMove[]; problems: string[] } {
  const own = memoryVolumesOf(partition);
  const problems = [...memoryVolumes.keys()]
    .filter((name) => !own.some((volume) => volume.name === name))
    .map((name) => `Partition ${partition.name} has no persistent memory volume ${name}.`);
  if (own.length === 0) return { moves: [], problems };
  for (const system of [partition.system, target]) {
    if (!isPersistentMemoryCapable(system) || !system.persistentMemory.migration)
      problems.push(`System ${system.name} cannot migrate partitions with persistent memory volumes.`);
  }
  const { volumesPerPartition } = target.persistentMemory;
  if (isPersistentMemoryCapable(target) && own.length > volumesPerPartition)
    problems.push(
      `System ${target.name} allows ${volumesPerPartition} volumes in a partition, not ${own.length}.`,
    );
  const taken = new Set(
    [...target.persistentMemory.volumes, ...deviceVolumes(target)].map(({ name }) => name),
  );
  const moves = own.map((volume) => {
    const name = memoryVolumes.get(volume.name) ?? volume.name;
    if (taken.has(name))
      problems.push(
        `System ${target.name} already has a persistent memory volume ${name}; give it another name.`,
      );
    taken.add(name);
    return { volume, name };
  });
  return { moves, problems };
}

export function makeMemoryVolumes(
  world: World,
  shell: LogicalPartition,
  moves: readonly MemoryVolumeMove[],
): void {
  for (const { volume, name } of moves) {
    const { uuid, sizeMb, affinity } = volume;
    added(world, addMemoryVolume(shell, { uuid, name, sizeMb, affinity }));
  }
  if (moves.length > 0) modified(world, shell, 'Other');
}

export function removeMemoryVolumes(world: World, partition: LogicalPartition): void {
  for (const volume of memoryVolumesOf(partition)) releaseMemoryVolume(world, volume);
}
