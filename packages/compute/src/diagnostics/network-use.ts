import {
  type HypervisorSample,
  type Session,
  SRIOVEthernetLogicalPort,
  type SRIOVLogicalPortMetrics,
  VirtualIOServer,
} from '@openstack-powervm/rest';
import type { CallOptions } from '../flow/index.js';
import type { AdapterEntity } from '../network/adapters.js';
import { neutronMac } from '../network/mac.js';
import type { VnicEntity } from '../network/vnic/virtual-nics.js';
import { type Measured, sameLocation } from './measured.js';

/** Counters of an interface since it was made; null is what the platform does not count. */
export interface NicCounters {
  readonly rxOctets: number | null;
  readonly rxPackets: number | null;
  readonly rxDrop: number | null;
  readonly rxErrors: number | null;
  /** octets per second */
  readonly rxRate: number | null;
  readonly txOctets: number | null;
  readonly txPackets: number | null;
  readonly txDrop: number | null;
  readonly txErrors: number | null;
  /** octets per second */
  readonly txRate: number | null;
}

export interface NicUse extends NicCounters {
  /** Neutron form */
  readonly macAddress: string;
}

type Traffic = Omit<NicCounters, 'rxRate' | 'txRate'>;

const uncounted: Traffic = {
  ...{ rxOctets: null, rxPackets: null, rxDrop: null, rxErrors: null },
  ...{ txOctets: null, txPackets: null, txDrop: null, txErrors: null },
};

/** The virtual Ethernet adapters of a partition. */
export function ethernetUse(adapters: readonly AdapterEntity[], measured: Measured | undefined): NicUse[] {
  return adapters.flatMap(({ value: { macAddress, locationCode } }) => {
    if (!macAddress) return [];
    const at = (sample: Measured['previous']): Traffic | undefined => ethernetTraffic(sample, locationCode);
    return {
      macAddress: neutronMac(macAddress),
      ...countersOf(measured, at(measured?.current), at(measured?.previous)),
    };
  });
}

/** The platform counts dropped packets of both directions together; they count as received (TEL-2). */
function ethernetTraffic(sample: Measured['previous'], location: string | undefined): Traffic | undefined {
  const found = sample?.network?.virtualEthernetAdapters?.find(({ physicalLocation }) =>
    sameLocation(physicalLocation, location),
  );
  return (
    found && {
      ...uncounted,
      rxOctets: found.receivedBytes,
      rxPackets: found.receivedPackets,
      rxDrop: found.droppedPackets,
      txOctets: found.sentBytes,
      txPackets: found.sentPackets,
    }
  );
}

/** The virtual NICs of a partition: what their logical ports carried, the standby ones included (TEL-7). */
export async function vnicUse(
  session: Session,
  vnics: readonly VnicEntity[],
  measured: Measured | undefined,
  call: CallOptions,
): Promise<NicUse[]> {
  const found = vnics.flatMap((vnic) => {
    const mac = vnic.value.details?.macAddress;
    return mac ? [{ vnic, macAddress: neutronMac(mac) }] : [];
  });
  return Promise.all(
    found.map(async ({ vnic, macAddress }) => {
      if (!measured) return { macAddress, ...countersOf(measured) };
      const locations = await portLocations(session, vnic, call);
      const at = (system: HypervisorSample | undefined) => system && portTraffic(system, locations);
      return { macAddress, ...countersOf(measured, at(measured.system), at(measured.systemBefore)) };
    }),
  );
}

async function portLocations(session: Session, { value }: VnicEntity, call: CallOptions): Promise<string[]> {
  const devices = [...value.associatedBackingDevices].flatMap((choice) => [
    ...choice.virtualNICSRIOVBackingDevice,
  ]);
  const hrefs = devices.flatMap(({ relatedSRIOVLogicalPort: href }) => href ?? []);
  const ports = await Promise.all(
    hrefs.map(async (href) => {
      const [, vios, port] = logicalPortHref.exec(href) ?? [];
      if (!vios || !port) return undefined;
      const parent = { type: VirtualIOServer, id: vios };
      return (await session.get(SRIOVEthernetLogicalPort, port, { ...call, parent })).value.locationCode;
    }),
  );
  return ports.flatMap((location) => location ?? []);
}

const logicalPortHref = /VirtualIOServer\/([0-9a-f-]{36})\/SRIOVEthernetLogicalPort\/([0-9a-f-]{36})/i;

/** The ports are the VIOSes'; undefined when none of them was measured. */
function portTraffic(system: HypervisorSample, locations: readonly string[]): Traffic | undefined {
  const ports = [...system.lparsUtil, ...system.viosUtil]
    .flatMap(({ network }) => network?.sriovLogicalPorts ?? [])
    .filter(({ physicalLocation }) => locations.includes(physicalLocation));
  if (ports.length === 0) return undefined;
  const total = (count: (port: SRIOVLogicalPortMetrics) => number): number =>
    ports.reduce((sum, port) => sum + count(port), 0);
  return {
    rxOctets: total((port) => port.receivedBytes),
    rxPackets: total((port) => port.receivedPackets),
    rxDrop: total((port) => port.droppedReceivedPackets),
    rxErrors: total((port) => port.errorIn),
    txOctets: total((port) => port.sentBytes),
    txPackets: total((port) => port.sentPackets),
    txDrop: total((port) => port.droppedSentPackets),
    txErrors: total((port) => port.errorOut),
  };
}

function countersOf(measured: Measured | undefined, now?: Traffic, before?: Traffic): NicCounters {
  const perSecond = (key: 'rxOctets' | 'txOctets'): number | null => {
    const [current, previous] = [now?.[key], before?.[key]];
    if (measured?.seconds === undefined || current == null || previous == null || current < previous)
      return null;
    return Math.round((current - previous) / measured.seconds);
  };
  return { ...uncounted, ...now, rxRate: perSecond('rxOctets'), txRate: perSecond('txOctets') };
}
