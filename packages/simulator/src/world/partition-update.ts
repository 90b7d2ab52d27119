import { isDeepStrictEqual } from 'node:util';
import type { Behaviour } from './behaviour.js';
import { activatedUnits, memoryFootprint, partitionMemory, usedUnits } from './capacity.js';
import { modified } from './changes.js';
import { allPartitions } from './managed-system.js';
import type { MemorySettings } from './memory.js';
import { requireSettled } from './migration/migration.js';
import { type AnyPartition, isOff, type StoredValue } from './partition.js';
import {
  checkCompatibilityMode,
  checkMemory,
  checkName,
  checkProcessors,
  checkSlots,
} from './partition-rules.js';
import { type ProcessorSettings, processorUnits } from './processors.js';
import { conflict } from './refusal.js';
import type { World } from './world.js';

export const updateBehaviours: readonly Behaviour[] = [
  {
    id: 'partition.dlpar',
    does: 'memory and processors of a running partition change at once, within its minimum and maximum, when RMC is active or force=true is given',
    assumed: 'protocol reference 3.3 (client eligibility) and 1.9 (force)',
  },
  {
    id: 'partition.dlpar.limits',
    does: 'minimum, maximum, processor mode and slot count of a running partition cannot change',
    assumed: 'protocol reference 8.1 resize validation, done by clients',
  },
];

/** The settable values of a posted partition document. */
export interface PartitionUpdate {
  readonly name: string;
  readonly memory: MemorySettings;
  readonly processors: ProcessorSettings;
  readonly maxSlots: number;
  readonly availabilityPriority: number;
  readonly performanceCollection: boolean;
  readonly compatibilityMode: string;
  readonly remoteRestart: boolean;
  readonly secureBoot: number;
  readonly keylock: string;
  readonly stored: ReadonlyMap<string, StoredValue>;
}

/**
 * Checks an update and answers with what makes it happen; calling that answers whether anything changed. Throws a
 * `Refusal` when a change breaks a rule.
 */
export function planPartitionUpdate(
  world: World,
  partition: AnyPartition,
  update: PartitionUpdate,
  options: { force: boolean },
): () => boolean {
  const before = currentSettings(partition);
  if (isDeepStrictEqual(before, update)) return () => false;
  requireSettled(partition);
  checkName(partition.system, update.name, partition);
  checkMemory(partition.system, update.memory);
  checkProcessors(partition.system, update.processors);
  checkSlots(update.maxSlots);
  if (update.compatibilityMode !== partition.pendingCompatibilityMode) {
    checkCompatibilityMode(partition.system, update.compatibilityMode);
  }
  if (update.maxSlots <= partition.slots.highest) {
    throw conflict(`Slot ${partition.slots.highest} of partition ${partition.name} is in use.`);
  }
  if (!isOff(partition)) checkDynamicChange(partition, update, options.force);
  return () => {
    const renamed = partition.name !== update.name;
    apply(partition, update);
    modified(world, partition, renamed ? 'PartitionName,Other' : 'Other');
    modified(world, partition.system, 'Other');
    return true;
  };
}

/** What a client that changes nothing posts back. */
export function currentSettings(partition: AnyPartition): PartitionUpdate {
  return {
    name: partition.name,
    memory: partition.memory.pending,
    processors: partition.processors.pending,
    maxSlots: partition.slots.limit,
    availabilityPriority: partition.availabilityPriority,
    performanceCollection: partition.performanceCollection,
    compatibilityMode: partition.pendingCompatibilityMode,
    remoteRestart: partition.remoteRestart,
    secureBoot: partition.secureBoot.pending,
    keylock: partition.keylock,
    stored: partition.stored,
  };
}

function checkDynamicChange(partition: AnyPartition, update: PartitionUpdate, force: boolean): void {
  const { memory, processors } = partition;
  const resized =
    !isDeepStrictEqual(update.memory, memory.pending) ||
    !isDeepStrictEqual(update.processors, processors.pending) ||
    update.maxSlots !== partition.slots.limit;
  if (!resized) return;
  if (update.processors.mode !== processors.pending.mode) {
    throw conflict(
      `Partition ${partition.name} is on: it cannot change between shared and dedicated processors.`,
    );
  }
  if (update.maxSlots !== partition.slots.limit || !sameLimits(partition, update)) {
    throw conflict(
      `Partition ${partition.name} is on: minimum and maximum values and the number of slots cannot change.`,
    );
  }
  if (partition.rmc !== 'active' && !partition.isManagement && partition.type !== 'OS400' && !force) {
    throw conflict(
      `The RMC connection of partition ${partition.name} is ${partition.rmc}: it cannot be resized while it is on.`,
    );
  }
  requireRoomToGrow(partition, update);
}

function sameLimits(partition: AnyPartition, update: PartitionUpdate): boolean {
  const { minimum, maximum, expansionFactor } = partition.memory.pending;
  return (
    update.memory.minimum === minimum &&
    update.memory.maximum === maximum &&
    update.memory.expansionFactor === expansionFactor &&
    isDeepStrictEqual(limitsOf(update.processors), limitsOf(partition.processors.pending))
  );
}

function limitsOf(settings: ProcessorSettings): unknown {
  const levels = settings.mode === 'shared' ? [settings.units, settings.virtual] : [settings.processors];
  return levels.map(({ minimum, maximum }) => ({ minimum, maximum }));
}

function requireRoomToGrow(partition: AnyPartition, update: PartitionUpdate): void {
  const { system } = partition;
  const on = allPartitions(system).filter((other) => !isOff(other));
  const usedMemory = on.reduce((sum, other) => sum + memoryFootprint(other), 0);
  const moreMemory = update.memory.desired - partition.memory.current.desired;
  if (usedMemory + moreMemory > partitionMemory(system)) {
    throw conflict(
      `There is not enough memory: ${moreMemory} MB more were asked for partition ${partition.name}.`,
    );
  }
  const moreUnits = processorUnits(update.processors) - processorUnits(partition.processors.current);
  if (usedUnits(system) + moreUnits > activatedUnits(system) + 1e-9) {
    throw conflict(`There are not enough processing units for partition ${partition.name}.`);
  }
}

function apply(partition: AnyPartition, update: PartitionUpdate): void {
  partition.name = update.name;
  partition.memory.pending = { ...update.memory };
  partition.memory.current = { ...update.memory };
  partition.processors.pending = structuredClone(update.processors);
  partition.processors.current = structuredClone(update.processors);
  if (!isOff(partition)) partition.memory.runtimeMb = update.memory.desired;
  partition.slots.resize(update.maxSlots);
  partition.availabilityPriority = update.availabilityPriority;
  partition.performanceCollection = update.performanceCollection;
  partition.pendingCompatibilityMode = update.compatibilityMode;
  partition.remoteRestart = update.remoteRestart;
  partition.secureBoot.pending = update.secureBoot;
  partition.keylock = update.keylock;
  for (const [name, value] of update.stored) partition.stored.set(name, value);
}
