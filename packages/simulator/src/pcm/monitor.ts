import type { Behaviour } from '../world/behaviour.js';
import { type ManagedSystem, systemMtms } from '../world/managed-system.js';
import { lparSample } from './lpar-sample.js';
import { phypSample } from './phyp-sample.js';
import { viosSample } from './vios-sample.js';

export const monitorBehaviours: readonly Behaviour[] = [
  {
    id: 'pcm.samples',
    does: 'a feed holds one sample of the hypervisor and of each VIOS per interval (30 s long-term, 5 s short-term) of the last ten minutes but none from before the monitor was switched on, one of the partitions every two minutes',
    evidence: 'protocol reference 3.24; length of the feed and the short-term interval are assumed',
  },
  {
    id: 'pcm.vnic',
    does: 'the logical port behind a virtual NIC is measured with the VIOS that owns it; the active one carries the traffic',
    assumed:
      'no capture of metrics has a virtual NIC; the key and its fields are documented (protocol reference 8.17)',
  },
  {
    id: 'pcm.disabled',
    does: 'without the preference the feed is empty; ComputeLTMEnabled is kept and changes nothing',
    assumed: 'no capture of a disabled monitor',
  },
];

export const monitors = ['LongTermMonitor', 'ShortTermMonitor'] as const;
export type Monitor = (typeof monitors)[number];

const facts = {
  LongTermMonitor: { prefix: 'LTM', intervalMs: 30_000 },
  ShortTermMonitor: { prefix: 'STM', intervalMs: 5_000 },
} as const;
const LPAR_INTERVAL_MS = 120_000;
const KEPT_MS = 600_000;

export interface MetricFile {
  readonly name: string;
  readonly category: string;
  readonly at: number;
}

const sinceOf = ({ monitoring }: ManagedSystem, monitor: Monitor): number | undefined =>
  monitor === 'LongTermMonitor' ? monitoring.longTermSince : monitoring.shortTermSince;

/** Everything that a monitor has at the moment, the newest last. */
export function metricFiles(system: ManagedSystem, monitor: Monitor, now: number): MetricFile[] {
  const since = sinceOf(system, monitor);
  if (since === undefined) return [];
  const { intervalMs } = facts[monitor];
  const files: MetricFile[] = [];
  const first = Math.ceil(Math.max(since, now - KEPT_MS) / intervalMs) * intervalMs;
  for (let at = first; at <= now; at += intervalMs) {
    const lpar = at % LPAR_INTERVAL_MS === 0 && monitor === 'LongTermMonitor' ? ['lpar'] : [];
    const categories = ['phyp', ...system.vioses.map(({ id }) => `vios_${id}`), ...lpar];
    files.push(
      ...categories.map((category) => ({ name: fileName(system, monitor, category, at), category, at })),
    );
  }
  return files;
}

/** The JSON document of a file. */
export function metricDocument(
  system: ManagedSystem,
  monitor: Monitor,
  { category, at }: MetricFile,
): unknown {
  const timeStamp = `${new Date(at).toISOString().slice(0, 19)}+0000`;
  if (category === 'lpar') return lparSample(system, at, timeStamp);
  const vios = system.vioses.find(({ id }) => category === `vios_${id}`);
  const utilInfo = {
    version: '1.3.0',
    metricType: 'Raw',
    monitoringType: facts[monitor].prefix,
    mtms: systemMtms(system),
    name: system.name,
  };
  const utilSample = vios === undefined ? phypSample(system, at, timeStamp) : viosSample(vios, at, timeStamp);
  return { systemUtil: { utilInfo, utilSample } };
}

/** `LTM_8247-22L*1111111_phyp_20150430T035300+0000.json` */
function fileName(system: ManagedSystem, monitor: Monitor, category: string, at: number): string {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return `${facts[monitor].prefix}_${systemMtms(system)}_${category}_${time}+0000.json`;
}
