import type { Behaviour } from './behaviour.js';
import { allPartitions, type ManagedSystem } from './managed-system.js';
import type { MemorySettings } from './memory.js';
import type { Partition } from './partition.js';
import { dedicatedSharingModes, type ProcessorSettings } from './processors.js';
import { conflict, invalid } from './refusal.js';

export const partitionRuleBehaviours: readonly Behaviour[] = [
  {
    id: 'partition.rules',
    does: 'names, memory block multiples, minimum/desired/maximum order, 0.05 units per virtual processor and slot counts are checked',
    assumed:
      'client-side rules of protocol reference 2.7, 3.3 and 8.1, turned into server refusals with our texts',
  },
];

const NAME = /^[- !#%+,./0-9:;=@A-Z^_a-z{}]{1,31}$/;

/** Protocol reference 2.7: 31 characters of a fixed set; unique in the system. */
export function checkName(system: ManagedSystem, name: string, except?: Partition): void {
  if (!NAME.test(name)) {
    throw invalid(
      `"${name}" cannot be a partition name: 1 to 31 characters of letters, digits and -!#%+,./:;=@^_{}.`,
    );
  }
  const holder = allPartitions(system).find((other) => other !== except && other.name === name);
  if (holder !== undefined)
    throw conflict(`Partition name ${name} is already in use by partition ${holder.id}.`);
}

/** Protocol reference 8.1. */
export function checkMemory(system: ManagedSystem, memory: MemorySettings): void {
  const { minimum, desired, maximum } = memory;
  for (const [what, value] of Object.entries({ Minimum: minimum, Desired: desired, Maximum: maximum })) {
    if (!Number.isInteger(value) || value <= 0 || value % system.memoryBlockMb !== 0) {
      throw invalid(
        `${what}Memory ${value} MB is not a multiple of the memory block of ${system.memoryBlockMb} MB.`,
      );
    }
  }
  requireOrder('Memory', memory);
  if (maximum > system.memoryMb) throw invalid(`MaximumMemory ${maximum} MB is more than the system has.`);
  if (memory.expansionFactor !== 0 && (memory.expansionFactor < 1 || memory.expansionFactor > 10)) {
    throw invalid(`ExpansionFactor ${memory.expansionFactor} is neither 0 nor 1.0 to 10.0.`);
  }
}

export function checkProcessors(system: ManagedSystem, settings: ProcessorSettings): void {
  if (settings.mode === 'dedicated') {
    requireOrder('Processors', settings.processors);
    if (settings.processors.minimum < 1) throw invalid('MinimumProcessors must be at least 1.');
    if (!dedicatedSharingModes.some((mode) => mode === settings.sharing)) {
      throw invalid(`SharingMode "${settings.sharing}" does not fit dedicated processors.`);
    }
    return;
  }
  const { units, virtual } = settings;
  requireOrder('ProcessingUnits', units);
  requireOrder('VirtualProcessors', virtual);
  if (virtual.minimum < 1) throw invalid('MinimumVirtualProcessors must be at least 1.');
  for (const level of ['minimum', 'desired', 'maximum'] as const) {
    if (units[level] < virtual[level] * 0.05 - 1e-9 || units[level] > virtual[level]) {
      throw invalid(
        `${units[level]} processing units do not fit ${virtual[level]} virtual processors (${level}): 0.05 to 1 unit each.`,
      );
    }
  }
  if (settings.weight < 0 || settings.weight > 255)
    throw invalid(`UncappedWeight ${settings.weight} is outside 0 to 255.`);
  if (settings.poolId < 0 || settings.poolId > 63)
    throw invalid(`There is no shared processor pool ${settings.poolId}.`);
  if (units.maximum > system.processorUnits) {
    throw invalid(`MaximumProcessingUnits ${units.maximum} is more than the system has.`);
  }
}

/** MaximumVirtualIOSlots (protocol reference 3.3). */
export function checkSlots(count: number): void {
  if (!Number.isInteger(count) || count < 2 || count > 32_767) {
    throw invalid(`MaximumVirtualIOSlots ${count} is outside 2 to 32767.`);
  }
}

export function checkCompatibilityMode(system: ManagedSystem, mode: string): void {
  if (!system.compatibilityModes.includes(mode)) {
    throw invalid(
      `PendingProcessorCompatibilityMode "${mode}" is not one of ${system.compatibilityModes.join(', ')}.`,
    );
  }
}

interface Levels {
  readonly minimum: number;
  readonly desired: number;
  readonly maximum: number;
}

function requireOrder(what: string, { minimum, desired, maximum }: Levels): void {
  if (!(minimum <= desired && desired <= maximum)) {
    throw invalid(
      `${what}: minimum ${minimum}, desired ${desired} and maximum ${maximum} are not in this order.`,
    );
  }
}
