import { readFile } from 'node:fs/promises';
import type { HypervisorPartitionMetrics, HypervisorSample } from '@openstack-powervm/rest';
import type { CallOptions } from '../flow/index.js';
import type { LongTermMonitor, Samples } from './long-term-monitor.js';

/** Nova's host CPU statistics: cycles since this process started (HOST-4, T04). */
export interface CpuStats {
  readonly kernel: number;
  readonly user: number;
  readonly idle: number;
  readonly iowait: number;
  /** MHz */
  readonly frequency: number;
}

/** Cycles between two samples. */
export interface CpuShare {
  readonly kernel: number;
  readonly user: number;
  readonly idle: number;
}

/**
 * Running totals of the host's processors. They are ours, not the platform's: a partition that arrives brings the
 * counters of its whole life, one that leaves takes them away, and neither may make the totals jump (TEL-10).
 */
export class HostCpu {
  readonly #monitor: LongTermMonitor;
  /** What the totals contain. */
  #counted: HypervisorSample | undefined;
  #totals: CpuShare = { kernel: 0, user: 0, idle: 0 };

  constructor(monitor: LongTermMonitor) {
    this.#monitor = monitor;
  }

  async stats(call: Required<CallOptions>): Promise<CpuStats> {
    const samples = await this.#monitor.samples(call);
    if (samples) this.#count(samples);
    return { ...this.#totals, iowait: 0, frequency: await clockFrequency() };
  }

  /** Everything since the last question; on the first one, since the sample before the newest. */
  #count({ current, previous: before }: Samples): void {
    const previous = this.#counted ?? before;
    this.#counted = current;
    if (previous && previous.timeStamp !== current.timeStamp)
      this.#totals = sum(this.#totals, cpuShare({ previous, current }));
  }
}

interface SamplePair {
  readonly previous: HypervisorSample;
  readonly current: HypervisorSample;
}

/** TEL-10, TEL-15; when partitions and firmware used more than there was, the total is what they used. */
export function cpuShare({ previous, current }: SamplePair): CpuShare {
  const before = new Map(partitionsOf(previous).map((partition) => [keyOf(partition), usedBy(partition)]));
  const user = partitionsOf(current).reduce((total, partition) => {
    const then = before.get(keyOf(partition)) ?? 0;
    return total + (then === 0 ? 0 : Math.max(0, usedBy(partition) - then));
  }, 0);
  const kernel = Math.max(
    0,
    current.systemFirmware.utilizedProcCycles - previous.systemFirmware.utilizedProcCycles,
  );
  const elapsed = Math.max(0, current.timeBasedCycles - previous.timeBasedCycles);
  const total = elapsed * current.processor.configurableProcUnits;
  return { kernel, user, idle: Math.max(0, total - user - kernel) };
}

const partitionsOf = ({ lparsUtil, viosUtil }: HypervisorSample) => [...lparsUtil, ...viosUtil];

/** Short ids are used again, so the name belongs to it (protocol reference 8.17). */
const keyOf = ({ id, name }: HypervisorPartitionMetrics): string => `${id} ${name}`;

/** Donated cycles are not subtracted (TEL-10). */
function usedBy({ processor }: HypervisorPartitionMetrics): number {
  const { utilizedCappedProcCycles, utilizedUnCappedProcCycles, idleProcCycles = 0 } = processor;
  return utilizedCappedProcCycles + utilizedUnCappedProcCycles - idleProcCycles;
}

function sum(a: CpuShare, b: CpuShare): CpuShare {
  return { kernel: a.kernel + b.kernel, user: a.user + b.user, idle: a.idle + b.idle };
}

/** Of this machine's processors, whole MHz; 0 where the kernel does not say (TEL-15). */
async function clockFrequency(): Promise<number> {
  const text = await readFile('/proc/cpuinfo', 'latin1').catch(() => '');
  return Math.floor(Number(/^clock\s*:\s*([\d.]+)/m.exec(text)?.[1] ?? 0));
}
