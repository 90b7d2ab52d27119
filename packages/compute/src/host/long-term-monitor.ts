import {
  type HypervisorSample,
  listMetricFiles,
  ManagedSystem,
  ManagedSystemPcmPreference,
  type MetricFile,
  type Metrics,
  type PartitionMetrics,
  readMetricFile,
  type Session,
  type ViosMetrics,
} from '@openstack-powervm/rest';
import type { Clock } from '../clock.js';
import { type CallOptions, SharedWork } from '../flow/index.js';

/** The platform samples so often (protocol reference 8.17); asking more often brings nothing new. */
const intervalMs = 30_000;

type Call = Required<CallOptions>;

/** The hypervisor's newest sample, and the one before it where there is one. */
export interface Samples {
  readonly current: HypervisorSample;
  readonly previous: HypervisorSample | undefined;
}

interface Known {
  readonly readAt: number;
  readonly files: readonly MetricFile[];
  readonly samples: Samples | undefined;
  /** What has been read of these files, by reference. */
  readonly contents: Map<string, Metrics>;
}

/** What the platform measures of the host. Collecting it is switched on at the first use (TEL-1). */
export class LongTermMonitor {
  readonly #session: Session;
  readonly #systemId: string;
  readonly #clock: Clock;
  readonly #reading = new SharedWork<Known>();
  #known: Known | undefined;
  #switchedOn = false;

  constructor(session: Session, systemId: string, clock: Clock) {
    this.#session = session;
    this.#systemId = systemId;
    this.#clock = clock;
  }

  /** Undefined while nothing has been measured: the monitor is off, or has just been switched on. */
  async samples(call: Call): Promise<Samples | undefined> {
    return (await this.#latest(call)).samples;
  }

  /** What a VIOS said at the same moment; undefined when it said nothing. */
  async vios(partitionId: number, call: Call): Promise<ViosMetrics | undefined> {
    const known = await this.#latest(call);
    const moment = newest(known.files, 'phyp')?.updated;
    const file = known.files.find(
      ({ category, updated }) => category === `vios_${partitionId}` && updated === moment,
    );
    const metrics = file && (await this.#read(file, known.contents, call));
    return metrics?.category === 'vios' ? metrics.sample.viosUtil[0] : undefined;
  }

  /** What the operating system of a partition said last; `uuid` in upper case. */
  async partition(uuid: string, call: Call): Promise<PartitionMetrics | undefined> {
    const known = await this.#latest(call);
    const file = newest(known.files, 'lpar');
    const metrics = file && (await this.#read(file, known.contents, call));
    if (metrics?.category !== 'lpar') return undefined;
    return metrics.partitions.find((partition) => partition.uuid.toUpperCase() === uuid);
  }

  async #latest(call: Call): Promise<Known> {
    const known = this.#known;
    // While there is nothing, the first sample may come at any moment.
    if (known?.samples && this.#clock.now() - known.readAt < intervalMs) return known;
    const { result } = await this.#reading.run('files', call.signal, () => this.#list(call));
    return result;
  }

  async #list(call: Call): Promise<Known> {
    await this.#switchOn(call);
    const readAt = this.#clock.now();
    const files = await listMetricFiles(this.#session, this.#systemId, call);
    const wanted = files.filter(({ category }) => category === 'phyp').slice(-2);
    const contents = this.#keptOf(wanted);
    const samples: HypervisorSample[] = [];
    for (const file of wanted) {
      const metrics = await this.#read(file, contents, call);
      if (metrics.category === 'phyp') samples.push(metrics.sample);
    }
    const current = samples.at(-1);
    this.#known = { readAt, files, contents, samples: current && { current, previous: samples.at(-2) } };
    return this.#known;
  }

  /** The newest sample of the last time is often the one before the newest now. */
  #keptOf(files: readonly MetricFile[]): Map<string, Metrics> {
    const kept = new Map<string, Metrics>();
    for (const { href } of files) {
      const metrics = this.#known?.contents.get(href);
      if (metrics) kept.set(href, metrics);
    }
    return kept;
  }

  async #read(file: MetricFile, contents: Map<string, Metrics>, call: Call): Promise<Metrics> {
    const known = contents.get(file.href);
    if (known) return known;
    const metrics = await readMetricFile(this.#session, file, call);
    contents.set(file.href, metrics);
    return metrics;
  }

  async #switchOn(call: Call): Promise<void> {
    if (this.#switchedOn) return;
    const parent = { type: ManagedSystem, id: this.#systemId };
    const [preference] = await this.#session.list(ManagedSystemPcmPreference, { ...call, parent });
    if (preference)
      await this.#session.update(
        preference,
        (value) => {
          if (value.longTermMonitorEnabled) return false;
          value.longTermMonitorEnabled = true;
          return true;
        },
        call,
      );
    this.#switchedOn = true;
  }
}

/** Files come with the oldest first. */
function newest(files: readonly MetricFile[], category: string): MetricFile | undefined {
  return files.findLast((file) => file.category === category);
}
