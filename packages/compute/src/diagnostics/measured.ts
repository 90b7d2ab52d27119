import type { HypervisorPartitionMetrics, HypervisorSample } from '@openstack-powervm/rest';
import type { Samples } from '../host/long-term-monitor.js';

/** A partition in the newest sample of the hypervisor, and in the one before it. */
export interface Measured {
  readonly current: HypervisorPartitionMetrics;
  /** Undefined for a partition that is new here: no rate can be derived (TEL-4). */
  readonly previous: HypervisorPartitionMetrics | undefined;
  /** Between the two; undefined without the second, or when no time has passed (TEL-9). */
  readonly seconds: number | undefined;
  readonly cyclesPerSecond: number;
  readonly system: HypervisorSample;
  readonly systemBefore: HypervisorSample | undefined;
}

/** By UUID, in upper case; undefined while the partition has not been measured. */
export function measuredOf({ current, previous }: Samples, uuid: string): Measured | undefined {
  const found = partitionIn(current, uuid);
  if (!found) return undefined;
  const cyclesPerSecond = current.processor.procCyclesPerSecond;
  const before = previous && partitionIn(previous, uuid);
  const elapsed = previous ? (current.timeBasedCycles - previous.timeBasedCycles) / cyclesPerSecond : 0;
  return {
    current: found,
    previous: before,
    seconds: before && elapsed > 0 ? elapsed : undefined,
    cyclesPerSecond,
    system: current,
    systemBefore: previous,
  };
}

function partitionIn({ lparsUtil }: HypervisorSample, uuid: string): HypervisorPartitionMetrics | undefined {
  return lparsUtil.find((partition) => partition.uuid.toUpperCase() === uuid);
}

/** Location codes of the same adapter; some documents add its port (`-T1`). */
export function sameLocation(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && withoutPort(one) === withoutPort(other);
}

const withoutPort = (location: string): string => location.replace(/-T\d+$/, '');
