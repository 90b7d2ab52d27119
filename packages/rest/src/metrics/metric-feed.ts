import { readFeed } from '@openstack-powervm/atom';
import type { Session } from '../session/session.js';
import type { CallOptions } from '../time/deadline.js';
import { type Metrics, readMetrics } from './read-metrics.js';

/** One metrics file that the platform keeps. */
export interface MetricFile {
  /** `phyp`, `vios_2`, `lpar` */
  readonly category: string;
  /** When it was sampled, ISO 8601; files of one collection have the same. */
  readonly updated: string;
  readonly href: string;
}

/**
 * The files of a system's long-term monitor, the oldest first (protocol reference 3.24). None while the monitor is
 * off: see ManagedSystemPcmPreference.
 */
export async function listMetricFiles(
  session: Session,
  systemId: string,
  call: CallOptions = {},
): Promise<MetricFile[]> {
  const { status, body } = await session.read(
    `/rest/api/pcm/ManagedSystem/${systemId}/RawMetrics/LongTermMonitor`,
    call,
  );
  if (status === 204) return [];
  const { entries } = readFeed(body);
  return entries
    .flatMap(({ category, updated, links: [link] }) =>
      category !== undefined && updated !== undefined && link ? [{ category, updated, href: link.href }] : [],
    )
    .sort((a, b) => Date.parse(a.updated) - Date.parse(b.updated));
}

/** Reads one of them. */
export async function readMetricFile(
  session: Session,
  { href }: MetricFile,
  call: CallOptions = {},
): Promise<Metrics> {
  const { body } = await session.read(href, { ...call, accept: '*/*' });
  return readMetrics(new TextDecoder().decode(body));
}
