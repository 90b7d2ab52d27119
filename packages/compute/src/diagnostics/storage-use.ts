import type { StorageTraffic, ViosMetrics } from '@openstack-powervm/rest';
import type { CallOptions } from '../flow/index.js';
import type { LongTermMonitor } from '../host/long-term-monitor.js';
import type { Measured } from './measured.js';

/** One virtual SCSI or Fibre Channel adapter of a partition; the platform does not count single disks (TEL-2). */
export interface DiskUse {
  readonly readBytes: number | null;
  readonly readRequests: number | null;
  readonly writeBytes: number | null;
  readonly writeRequests: number | null;
}

const uncounted: DiskUse = { readBytes: null, readRequests: null, writeBytes: null, writeRequests: null };

/**
 * The storage adapters of a partition, `count` of them at least. Hypervisor samples tell which adapters of which VIOSes
 * serve it, samples of the VIOSes what they carried. A VIOS that says nothing leaves its adapters without counters.
 */
export async function storageUse(
  monitor: Pick<LongTermMonitor, 'vios'>,
  { current }: Measured,
  count: number,
  call: Required<CallOptions>,
): Promise<DiskUse[]> {
  const { genericVirtualAdapters = [], virtualFiberChannelAdapters = [] } = current.storage ?? {};
  const found = await Promise.all([
    ...genericVirtualAdapters.map(async ({ viosId, viosAdapterSlotId }) =>
      scsiTraffic(await monitor.vios(viosId, call), viosAdapterSlotId),
    ),
    ...virtualFiberChannelAdapters.map(async ({ viosId, wwpnPair, wwpnpair }) =>
      fibreChannelTraffic(await monitor.vios(viosId, call), wwpnPair ?? wwpnpair ?? []),
    ),
  ]);
  return padded(found.map(countersOf), count);
}

/** Adapters that have not been measured. */
export function unmeasuredStorage(count: number): DiskUse[] {
  return padded([], count);
}

function padded(measured: readonly DiskUse[], count: number): DiskUse[] {
  return Array.from({ length: Math.max(count, measured.length) }, (_, index) => measured[index] ?? uncounted);
}

/** A location of the VIOS that ends in the slot of its server adapter (protocol reference 8.17). */
function scsiTraffic(vios: ViosMetrics | undefined, slot: number): StorageTraffic | undefined {
  return vios?.storage?.genericVirtualAdapters?.find(({ physicalLocation }) =>
    physicalLocation.endsWith(`-C${slot}`),
  );
}

/** A virtual port of any adapter that has one of the two WWPNs (protocol reference 8.17). */
function fibreChannelTraffic(
  vios: ViosMetrics | undefined,
  wwpns: readonly string[],
): StorageTraffic | undefined {
  const wanted = wwpns.map((digits) => BigInt(digits).toString(16).padStart(16, '0'));
  return vios?.storage?.fiberChannelAdapters
    ?.flatMap(({ ports = [] }) => ports)
    .find(({ wwpn }) => wanted.includes(wwpn.toLowerCase()));
}

function countersOf(traffic: StorageTraffic | undefined): DiskUse {
  if (!traffic) return uncounted;
  const { readBytes, writeBytes, numOfReads: readRequests, numOfWrites: writeRequests } = traffic;
  return { readBytes, readRequests, writeBytes, writeRequests };
}
