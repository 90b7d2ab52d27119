import type { Behaviour } from './behaviour.js';
import { type AnyPartition, isOff } from './partition.js';
import { processorUnits } from './processors.js';

export const loadBehaviours: readonly Behaviour[] = [
  {
    id: 'pcm.load',
    does: 'a partition that is on uses 10 to 70 % of its entitled cycles, in slow waves that its UUID decides; counters grow from its activation on',
    assumed: 'there is no guest: the load is invented',
  },
];

/** Time base of the hypervisor (capture phyp_pcm_data.txt). */
export const CYCLES_PER_SECOND = 512_000_000;

/** Counters of a partition since its activation, as they stand at a moment. */
export interface LoadCounters {
  readonly entitledCycles: number;
  readonly usedCycles: number;
  readonly idleCycles: number;
  /** Blocks read or written, packets sent or received. */
  readonly operations: number;
}

const nothing: LoadCounters = { entitledCycles: 0, usedCycles: 0, idleCycles: 0, operations: 0 };

/** Any moment can be asked for, so nothing has to run between two questions. */
export function loadOf(partition: AnyPartition, at: number): LoadCounters {
  const { activatedAt, uuid } = partition;
  if (isOff(partition) || activatedAt === undefined || activatedAt >= at) return nothing;
  const seconds = (at - activatedAt) / 1000;
  const character = Number.parseInt(uuid.slice(0, 4), 16) / 0x8000;
  const mean = 0.2 + 0.4 * character;
  const period = 600 + 1200 * character;
  // The integral of mean + 0.1 sin(2 pi t / period), so that counters never go back.
  const wave = (0.1 * period * (1 - Math.cos((2 * Math.PI * seconds) / period))) / (2 * Math.PI);
  const busySeconds = mean * seconds + wave;
  const entitledCycles = whole(seconds * processorUnits(partition.processors.current) * CYCLES_PER_SECOND);
  const usedCycles = whole((busySeconds / seconds) * entitledCycles);
  return {
    entitledCycles,
    usedCycles,
    idleCycles: whole(usedCycles * 0.05),
    operations: whole(busySeconds * 100),
  };
}

const whole = (value: number): number => Math.floor(value);
