import type { Behaviour } from './behaviour.js';
import { availableMemory } from './capacity.js';
import { added, deleted, modified } from './changes.js';
import { isPartitionUuid, partitionUuid } from './identity.js';
import type { ManagedSystem } from './managed-system.js';
import { requireSettled } from './migration/migration.js';
import { isOff, type LogicalPartition } from './partition.js';
import {
  deviceVolumes,
  isPersistentMemoryCapable,
  memoryVolumesOf,
  type VirtualPersistentMemoryVolume,
} from './persistent-memory.js';
import { conflict, invalid } from './refusal.js';
import type { World } from './world.js';

export const persistentMemoryBehaviours: readonly Behaviour[] = [
  {
    id: 'pmem.partitions',
    does: 'AIX and Linux partitions may have persistent memory volumes in main memory; their names are unique in the system, Affinity is false when it is not given',
    evidence: 'IBM’s documentation of the REST resource Virtual Persistent Memory Volume',
  },
  {
    id: 'pmem.off',
    does: 'volumes are made and removed while their partition is off, renamed at any time, and never resized',
    evidence: 'IBM’s documentation of persistent memory in PowerVC; the refusals are ours',
  },
  {
    id: 'pmem.memory',
    does: 'a volume takes whole logical memory blocks of the system’s memory from its creation on, whether its partition is on or off, and goes with its partition',
    assumed:
      'IBM’s documentation says that it is main memory and keeps its contents while the partition is off',
  },
  {
    id: 'pmem.limits',
    does: 'a partition has at most four volumes in main memory unless the site says otherwise, and 964 in all',
    evidence: 'capture lpar.txt (MaximumDramPersistentMemoryVolumes, MaximumPersistentMemoryVolumes)',
  },
  {
    id: 'pmem.devices',
    does: 'devices and the volumes on them can only be read; their Type is the site’s, their Status Normal',
    assumed: 'protocol reference 3.23 knows their elements; no capture has a value',
  },
];

/** What a create request says. */
export interface VolumePlan {
  /** Chosen by the client (protocol reference 2.6). */
  readonly uuid: string | undefined;
  readonly name: string;
  readonly sizeMb: number;
  readonly affinity: boolean;
}

/** Throws a `Refusal`. */
export function createMemoryVolume(
  world: World,
  partition: LogicalPartition,
  plan: VolumePlan,
): VirtualPersistentMemoryVolume {
  requireCapable(partition);
  requireSettled(partition);
  requireOff(partition, 'added');
  const { system } = partition;
  requireFreeName(system, plan.name);
  requireRoom(partition, plan.sizeMb);
  const volume = addMemoryVolume(partition, {
    ...plan,
    uuid: freeUuid(world, plan.uuid) ?? partitionUuid(world.random),
  });
  added(world, volume);
  modified(world, partition, 'Other');
  modified(world, system, 'Other');
  return volume;
}

/** Gives it the lowest free volume id of its system. */
export function addMemoryVolume(
  partition: LogicalPartition,
  plan: VolumePlan & { readonly uuid: string },
): VirtualPersistentMemoryVolume {
  const { volumes } = partition.system.persistentMemory;
  const taken = new Set(volumes.map(({ id }) => id));
  let id = 1;
  while (taken.has(id)) id += 1;
  const volume: VirtualPersistentMemoryVolume = {
    kind: 'VirtualPersistentMemoryVolume',
    ...plan,
    partition,
    id,
  };
  volumes.push(volume);
  return volume;
}

/** Nothing else of a volume can change. Throws a `Refusal`. */
export function renameMemoryVolume(world: World, volume: VirtualPersistentMemoryVolume, name: string): void {
  if (name === volume.name) return;
  requireSettled(volume.partition);
  requireFreeName(volume.partition.system, name);
  volume.name = name;
  modified(world, volume, 'Other');
}

/** Throws a `Refusal` while its partition is on. */
export function deleteMemoryVolume(world: World, volume: VirtualPersistentMemoryVolume): void {
  requireSettled(volume.partition);
  requireOff(volume.partition, 'removed');
  releaseMemoryVolume(world, volume);
  modified(world, volume.partition, 'Other');
  modified(world, volume.partition.system, 'Other');
}

/** Gives the memory back without a question. */
export function releaseMemoryVolume(world: World, volume: VirtualPersistentMemoryVolume): void {
  const { volumes } = volume.partition.system.persistentMemory;
  volumes.splice(volumes.indexOf(volume), 1);
  deleted(world, volume);
}

function requireCapable({ system, name, type, isManagement }: LogicalPartition): void {
  if (!isPersistentMemoryCapable(system))
    throw conflict(`System ${system.name} is not capable of persistent memory.`);
  if (type !== 'AIX/Linux' || isManagement)
    throw conflict(
      `Only AIX and Linux partitions may have persistent memory volumes, not ${name} (${type}).`,
    );
}

function requireOff(partition: LogicalPartition, what: string): void {
  if (isOff(partition)) return;
  throw conflict(
    `HSCL05DF Partition ${partition.name} is ${partition.state}; volumes can only be ${what} while it is off.`,
  );
}

function requireFreeName(system: ManagedSystem, name: string): void {
  if (name === '') throw invalid('A persistent memory volume needs a name.');
  const all = [...system.persistentMemory.volumes, ...deviceVolumes(system)];
  if (all.some((other) => other.name === name))
    throw conflict(`System ${system.name} already has a persistent memory volume ${name}.`);
}

function requireRoom(partition: LogicalPartition, sizeMb: number): void {
  const { system } = partition;
  const { volumesPerPartition } = system.persistentMemory;
  const block = system.memoryBlockMb;
  if (sizeMb <= 0 || sizeMb % block !== 0)
    throw invalid(`Size ${sizeMb} MB is not a multiple of the block size ${block} MB.`);
  if (memoryVolumesOf(partition).length >= volumesPerPartition)
    throw conflict(`Partition ${partition.name} already has its ${volumesPerPartition} volumes.`);
  const free = availableMemory(system);
  if (sizeMb > free)
    throw conflict(`System ${system.name} has ${free} MB of memory left; ${sizeMb} MB were asked for.`);
}

function freeUuid(world: World, wanted: string | undefined): string | undefined {
  if (wanted === undefined) return undefined;
  if (!isPartitionUuid(wanted))
    throw invalid(`${wanted} cannot be the UUID of a volume: it must be a UUID whose first digit is 0 to 7.`);
  const uuid = wanted.toUpperCase();
  const holder = world.systems
    .flatMap(({ persistentMemory }) => persistentMemory.volumes)
    .find((volume) => volume.uuid === uuid);
  if (holder !== undefined) throw conflict(`UUID ${wanted} belongs to volume ${holder.name}.`);
  return uuid;
}
