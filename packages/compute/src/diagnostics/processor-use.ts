import type { ProcessorMetrics } from '@openstack-powervm/rest';
import type { Measured } from './measured.js';

/** Of all virtual processors of a partition together: the platform does not tell them apart. */
export interface ProcessorUse {
  /** Nanoseconds of processor time since the activation */
  readonly timeNs: number;
  /** % of the entitlement between two samples; more than 100 is possible (TEL-3), null without a previous sample. */
  readonly utilisation: number | null;
}

/** Cycles are ticks of the time base, as many per second as the sample says (TEL-8). */
export function processorUse(measured: Measured): ProcessorUse {
  const { current, cyclesPerSecond } = measured;
  return {
    timeNs: Math.round((usedBy(current.processor) / cyclesPerSecond) * 1e9),
    utilisation: utilisationOf(measured),
  };
}

function utilisationOf({ current, previous, seconds }: Measured): number | null {
  if (!previous || seconds === undefined) return null;
  const [now, then] = [current.processor, previous.processor];
  const entitled = now.entitledProcCycles - then.entitledProcCycles;
  // Counters begin again when a partition is activated.
  if (entitled < 0 || usedBy(now) < usedBy(then)) return null;
  if (entitled === 0) return 0;
  return Math.round((100 * (busyIn(now) - busyIn(then))) / entitled);
}

const usedBy = (processor: ProcessorMetrics): number =>
  processor.utilizedCappedProcCycles + processor.utilizedUnCappedProcCycles;

const busyIn = (processor: ProcessorMetrics): number =>
  usedBy(processor) - (processor.idleProcCycles ?? 0) - processor.donatedProcCycles;
