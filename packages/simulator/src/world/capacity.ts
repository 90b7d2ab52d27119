import type { Behaviour } from './behaviour.js';
import { allPartitions, type ManagedSystem } from './managed-system.js';
import { memoryOverhead } from './memory.js';
import { type AnyPartition, isOff, type Partition } from './partition.js';
import { volumesMb } from './persistent-memory.js';
import { processorUnits } from './processors.js';
import { conflict } from './refusal.js';

export const capacityBehaviours: readonly Behaviour[] = [
  {
    id: 'capacity.assigned',
    does: 'memory and processors of partitions that are off count as used',
    assumed:
      'resize of an inactive partition checks only the difference against what is available (protocol reference 8.1)',
  },
  {
    id: 'capacity.activation',
    does: 'PowerOn fails when the partitions that are on would need more memory or processor units than there are',
    assumed: 'no capture; the message is ours',
  },
];

/** Megabytes of the partition itself and its overhead. */
export function memoryFootprint(partition: Partition): number {
  const { desired, maximum, hardwarePageTableRatio } = partition.memory.current;
  const block = partition.system.memoryBlockMb;
  return desired + memoryOverhead(maximum, partition.slots.used, block, hardwarePageTableRatio);
}

/** Processor units that partitions may have: all, or what is activated for good and by a Power enterprise pool. */
export function activatedUnits({ poolMember, processorUnits: installed }: ManagedSystem): number {
  return poolMember === undefined
    ? installed
    : poolMember.permanent.processors + poolMember.mobile.processors;
}

/** The same of memory, MB. */
export function activatedMemoryMb({ poolMember, memoryMb }: ManagedSystem): number {
  return poolMember === undefined
    ? memoryMb
    : (poolMember.permanent.memoryGb + poolMember.mobile.memoryGb) * 1024;
}

/** Processor units of partitions that are on. */
export const usedUnits = (system: ManagedSystem): number =>
  sum(running(system).map(({ processors }) => processorUnits(processors.current)));

/** Megabytes of the hypervisor, of persistent memory volumes and of partitions that are on. */
export const usedMemoryMb = (system: ManagedSystem): number =>
  system.hypervisorMemoryMb +
  volumesMb(system.persistentMemory.volumes) +
  sum(running(system).map(memoryFootprint));

const running = (system: ManagedSystem): AnyPartition[] =>
  allPartitions(system).filter((partition) => !isOff(partition));

/** Megabytes that neither the hypervisor nor persistent memory volumes take. */
export const partitionMemory = (system: ManagedSystem): number =>
  activatedMemoryMb(system) - system.hypervisorMemoryMb - volumesMb(system.persistentMemory.volumes);

/** CurrentAvailableSystemMemory, MB. */
export function availableMemory(system: ManagedSystem): number {
  const used = allPartitions(system).reduce((sum, partition) => sum + memoryFootprint(partition), 0);
  return Math.max(0, partitionMemory(system) - used);
}

/** CurrentAvailableSystemProcessorUnits. */
export function availableUnits(system: ManagedSystem): number {
  const used = allPartitions(system).reduce((sum, p) => sum + processorUnits(p.processors.current), 0);
  return Math.max(0, hundredths(activatedUnits(system) - used));
}

/** Throws a `Refusal` when the system cannot hold the partition, and memory besides it, with those that are on. */
export function requireCapacity(partition: AnyPartition, besidesMb = 0): void {
  const { system } = partition;
  const on = allPartitions(system).filter((other) => other !== partition && !isOff(other));
  const memory = partitionMemory(system) - sum(on.map(memoryFootprint));
  const needed = memoryFootprint(partition) + besidesMb;
  if (needed > memory) {
    throw conflict(
      `There is not enough memory for partition ${partition.name}: it needs ${needed} MB, ${memory} MB are free.`,
    );
  }
  const units = hundredths(activatedUnits(system) - sum(on.map((p) => processorUnits(p.processors.current))));
  const wanted = processorUnits(partition.processors.pending);
  if (wanted > units) {
    throw conflict(
      `There are not enough processing units for partition ${partition.name}: it needs ${wanted}, ${units} are free.`,
    );
  }
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const hundredths = (value: number): number => Math.round(value * 100) / 100;
