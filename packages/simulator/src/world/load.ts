import { z } from 'zod';
import type { Behaviour } from './behaviour.js';
import { type AnyPartition, isOff } from './partition.js';
import { processorUnits } from './processors.js';

export const loadBehaviours: readonly Behaviour[] = [
  {
    id: 'pcm.load',
    does: 'a partition that is on uses 10 to 70 % of its entitled cycles, in slow waves that its UUID decides, until it is given a load; counters grow from its activation on',
    assumed: 'there is no guest: the load is invented',
  },
];

/** Assumed, as the load itself. */
export const BYTES_PER_PACKET = 900;

/** Time base of the hypervisor (capture phyp_pcm_data.txt). */
export const CYCLES_PER_SECOND = 512_000_000;

const rate = z.number().nonnegative().default(0);

/** What a guest does from now on; everything but `processor` is per second, and of each of its adapters. */
export const loadSchema = z.strictObject({
  /** Processor time in entitlements: above 1 the partition runs uncapped. */
  processor: rate,
  receivedPackets: rate,
  sentPackets: rate,
  droppedPackets: rate,
  reads: rate,
  writes: rate,
});
export type LoadRates = z.infer<typeof loadSchema>;

/** Counters of a partition since its activation, as they stand at a moment. */
export interface LoadCounters {
  readonly entitledCycles: number;
  readonly cappedCycles: number;
  readonly uncappedCycles: number;
  readonly idleCycles: number;
  readonly receivedPackets: number;
  readonly sentPackets: number;
  readonly droppedPackets: number;
  readonly reads: number;
  readonly writes: number;
}

/** A load that a guest was given, and its counters at that moment. */
export interface GivenLoad {
  readonly from: number;
  readonly before: LoadCounters;
  readonly rates: LoadRates;
}

const nothing: LoadCounters = {
  ...{ entitledCycles: 0, cappedCycles: 0, uncappedCycles: 0, idleCycles: 0 },
  ...{ receivedPackets: 0, sentPackets: 0, droppedPackets: 0, reads: 0, writes: 0 },
};

/** From `at` on the guest does this; what it did before stays as it was. */
export function giveLoad(partition: AnyPartition, rates: LoadRates, at: number): void {
  partition.loads.push({ from: at, before: loadOf(partition, at), rates });
}

/** Any moment can be asked for, so nothing has to run between two questions. */
export function loadOf(partition: AnyPartition, at: number): LoadCounters {
  const { activatedAt } = partition;
  if (isOff(partition) || activatedAt === undefined || activatedAt >= at) return nothing;
  const given = partition.loads.findLast(({ from }) => from <= at);
  if (given === undefined) return waves(partition, (at - activatedAt) / 1000);
  const restarted = given.from <= activatedAt;
  const seconds = (at - Math.max(given.from, activatedAt)) / 1000;
  return sum(restarted ? nothing : given.before, constant(partition, given.rates, seconds));
}

function constant(partition: AnyPartition, rates: LoadRates, seconds: number): LoadCounters {
  const entitled = entitledIn(partition, seconds);
  return {
    entitledCycles: Math.floor(entitled),
    cappedCycles: Math.floor(entitled * Math.min(1, rates.processor)),
    uncappedCycles: Math.floor(entitled * Math.max(0, rates.processor - 1)),
    idleCycles: 0,
    receivedPackets: Math.floor(rates.receivedPackets * seconds),
    sentPackets: Math.floor(rates.sentPackets * seconds),
    droppedPackets: Math.floor(rates.droppedPackets * seconds),
    reads: Math.floor(rates.reads * seconds),
    writes: Math.floor(rates.writes * seconds),
  };
}

function waves(partition: AnyPartition, seconds: number): LoadCounters {
  const character = Number.parseInt(partition.uuid.slice(0, 4), 16) / 0x8000;
  const mean = 0.2 + 0.4 * character;
  const period = 600 + 1200 * character;
  // The integral of mean + 0.1 sin(2 pi t / period), so that counters never go back.
  const wave = (0.1 * period * (1 - Math.cos((2 * Math.PI * seconds) / period))) / (2 * Math.PI);
  const busySeconds = mean * seconds + wave;
  const entitled = entitledIn(partition, seconds);
  const used = (busySeconds / seconds) * entitled;
  return {
    entitledCycles: Math.floor(entitled),
    cappedCycles: Math.floor(used),
    uncappedCycles: 0,
    idleCycles: Math.floor(used * 0.05),
    receivedPackets: Math.floor(busySeconds * 100),
    sentPackets: Math.floor(busySeconds * 80),
    droppedPackets: 0,
    reads: Math.floor(busySeconds * 100),
    writes: Math.floor(busySeconds * 40),
  };
}

const entitledIn = ({ processors }: AnyPartition, seconds: number): number =>
  seconds * processorUnits(processors.current) * CYCLES_PER_SECOND;

function sum(left: LoadCounters, right: LoadCounters): LoadCounters {
  return {
    entitledCycles: left.entitledCycles + right.entitledCycles,
    cappedCycles: left.cappedCycles + right.cappedCycles,
    uncappedCycles: left.uncappedCycles + right.uncappedCycles,
    idleCycles: left.idleCycles + right.idleCycles,
    receivedPackets: left.receivedPackets + right.receivedPackets,
    sentPackets: left.sentPackets + right.sentPackets,
    droppedPackets: left.droppedPackets + right.droppedPackets,
    reads: left.reads + right.reads,
    writes: left.writes + right.writes,
  };
}
