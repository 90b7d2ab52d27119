import {
  type HypervisorSample,
  listMetricFiles,
  ManagedSystem,
  ManagedSystemPcmPreference,
  type MetricFile,
  readMetricFile,
  type Session,
} from '@openstack-powervm/rest';
import type { Clock } from '../clock.js';
import type { CallOptions } from '../flow/index.js';

/** The platform samples so often (protocol reference 8.17); asking more often brings nothing new. */
const intervalMs = 30_000;

/** Two samples that follow each other. */
export interface SamplePair {
  readonly previous: HypervisorSample;
  readonly current: HypervisorSample;
}

/** The hypervisor's samples, the newest two; the long-term monitor is switched on at the first use (TEL-1). */
export class HypervisorSamples {
  readonly #session: Session;
  readonly #systemId: string;
  readonly #clock: Clock;
  #newest: HypervisorSample | undefined;
  #readAt: number | undefined;
  #monitored = false;

  constructor(session: Session, systemId: string, clock: Clock) {
    this.#session = session;
    this.#systemId = systemId;
    this.#clock = clock;
  }

  /** What has been sampled since the last call; undefined when nothing has. */
  async next(call: CallOptions): Promise<SamplePair | undefined> {
    const now = this.#clock.now();
    if (this.#readAt !== undefined && now - this.#readAt < intervalMs) return undefined;
    await this.#monitor(call);
    const files = await listMetricFiles(this.#session, this.#systemId, call);
    const [before, latest] = files.filter(({ category }) => category === 'phyp').slice(-2);
    this.#readAt = now;
    if (!before || !latest) return undefined;
    // On first use the second newest is the previous one.
    const previous = this.#newest ?? (await this.#read(before, call));
    const current = await this.#read(latest, call);
    this.#newest = current;
    return previous && current && previous.timeStamp !== current.timeStamp
      ? { previous, current }
      : undefined;
  }

  async #monitor(call: CallOptions): Promise<void> {
    if (this.#monitored) return;
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
    this.#monitored = true;
  }

  async #read(file: MetricFile, call: CallOptions): Promise<HypervisorSample | undefined> {
    const metrics = await readMetricFile(this.#session, file, call);
    return metrics.category === 'phyp' ? metrics.sample : undefined;
  }
}
