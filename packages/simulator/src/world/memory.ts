import type { Behaviour } from './behaviour.js';

export const memoryBehaviours: readonly Behaviour[] = [
  {
    id: 'memory.overhead',
    does: 'a partition reserves maximum memory / 64 for its page table plus 8 MB per virtual adapter, rounded up to the memory block',
    assumed: 'HardwarePageTableRatio 6 is 1/64 (protocol reference 3.3, 8.1); the adapter share is a guess',
  },
];

/** Megabytes. */
export interface MemorySettings {
  minimum: number;
  desired: number;
  maximum: number;
  /** 0 = active memory expansion off (protocol reference 3.3). */
  expansionFactor: number;
  /** Exponent: 6 is 1:64 of the maximum memory. */
  hardwarePageTableRatio: number;
  /** Exponent: 0 is 1:64, 6 is 1:4096 (protocol reference 8.1). */
  physicalPageTableRatio: number;
}

export interface PartitionMemory {
  /** What the next activation will use. */
  pending: MemorySettings;
  /** What the last activation or dynamic change has set. */
  current: MemorySettings;
  /** What the running partition holds; 0 when it is off. */
  runtimeMb: number;
}

export const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** Memory that the hypervisor reserves for a partition besides its own, MB. */
export function memoryOverhead(maximumMb: number, adapters: number, blockMb: number, ratio = 6): number {
  return roundUp(maximumMb / 2 ** ratio + adapters * 8, blockMb);
}
