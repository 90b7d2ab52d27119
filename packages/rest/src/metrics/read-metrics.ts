import { WrongTypeError } from '../schema/error.js';
import { parseMetricsJson } from './metrics-json.js';
import type { PartitionMetrics } from './partition-sample.js';
import type { HypervisorSample, MetricsInfo } from './system-sample.js';
import type { ViosSample } from './vios-sample.js';

/** A metrics file by its category. The figures are those of the platform; nothing is derived. */
export type Metrics =
  | { readonly category: 'phyp'; readonly info: MetricsInfo; readonly sample: HypervisorSample }
  | { readonly category: 'vios'; readonly info: MetricsInfo; readonly sample: ViosSample }
  | { readonly category: 'lpar'; readonly partitions: readonly PartitionMetrics[] };

/** The parts of a file that tell its category; the rest is taken at the platform's word. */
interface MetricsFile {
  readonly systemUtil?: {
    readonly utilInfo?: MetricsInfo;
    readonly utilSample?: HypervisorSample | ViosSample;
  };
  readonly lparUtil?: readonly PartitionMetrics[];
}

/** Reads a metrics file (JSON). Throws PVM_WRONG_TYPE when it is none. */
export function readMetrics(text: string): Metrics {
  const { systemUtil, lparUtil } = parse(text);
  if (Array.isArray(lparUtil)) return { category: 'lpar', partitions: lparUtil };
  const { utilInfo: info, utilSample: sample } = systemUtil ?? {};
  if (!info || !sample) throw notMetrics(text);
  return isHypervisorSample(sample) ? { category: 'phyp', info, sample } : { category: 'vios', info, sample };
}

function parse(text: string): MetricsFile {
  try {
    const file = parseMetricsJson(text);
    if (isObject(file)) return file;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw notMetrics(text);
}

function isObject(value: unknown): value is MetricsFile {
  return typeof value === 'object' && value !== null;
}

/** Only the hypervisor counts cycles. */
function isHypervisorSample(sample: HypervisorSample | ViosSample): sample is HypervisorSample {
  return 'timeBasedCycles' in sample;
}

function notMetrics(text: string): WrongTypeError {
  return new WrongTypeError('metrics', 'a metrics file', text);
}
