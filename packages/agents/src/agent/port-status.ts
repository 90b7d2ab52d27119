import { type Log, textOfError } from '../log.js';
import { neutronMac } from '../mac.js';
import type { DeviceDetails, NeutronPlugin } from '../neutron/plugin.js';
import type { PlugRequest, PortRequest, PrepareRequest } from './plug-request.js';
import type { WiredPorts } from './wired-ports.js';

export interface PortStatusOptions {
  readonly neutron: NeutronPlugin;
  readonly ports: WiredPorts;
  readonly log: Log;
}

/** A request about a port that Neutron knows. */
export interface KnownRequest {
  readonly request: PlugRequest;
  readonly details: DeviceDetails;
}

/** What Neutron is to be told about one port. */
export interface Mark {
  readonly request: PortRequest;
  readonly device: string;
  readonly up: boolean;
  /** Runs when Neutron has taken it. */
  readonly told?: () => void;
}

/** Calls to neutron-server at once, and ports in one call: neither fills its queue nor keeps a port waiting long. */
const CALLS_AT_ONCE = 4;
const PORTS_PER_CALL = 10;

/** Finds the ports that requests are about, and tells Neutron which of them are up and down (EVR-6). */
export class PortStatus {
  readonly #options: PortStatusOptions;

  constructor(options: PortStatusOptions) {
    this.#options = options;
  }

  /**
   * The requests about ports of this host, and those to try again because Neutron could not tell. Others are
   * forgotten. Everything found must be marked afterwards (AGT-8).
   *
   * @throws OsloError when Neutron cannot be asked
   */
  async lookUp(
    requests: readonly PlugRequest[],
    signal: AbortSignal,
  ): Promise<{ found: KnownRequest[]; again: PlugRequest[] }> {
    const { neutron, log } = this.#options;
    // An empty list is not worth a call, and Neutron does not expect one (L-132).
    if (requests.length === 0) return { found: [], again: [] };
    const macs = [...new Set(requests.map((request) => request.mac))];
    const { known, failed } = await neutron.details(macs, signal);
    const again = requests.filter((request) => failed.includes(request.mac));
    if (again.length > 0) log.warn('Neutron could not tell about devices', { macs: failed });
    this.#unknown(requests.filter((request) => !known.has(request.mac) && !failed.includes(request.mac)));
    const found = requests.flatMap((request) => {
      const details = known.get(request.mac);
      return details ? [{ request, details }] : [];
    });
    return { found, again };
  }

  /** Ports whose adapters are gone are down, as long as Neutron knows them. Returns what to try again. */
  async unplugged(requests: readonly KnownRequest[], signal: AbortSignal): Promise<PortRequest[]> {
    for (const { request } of requests) this.#options.ports.remove(request);
    const marks = requests.map(({ request, details }) => ({ request, device: details.device, up: false }));
    return await this.mark(marks, signal);
  }

  /** Returns the requests that Neutron could not be told about. */
  async mark(marks: readonly Mark[], signal: AbortSignal): Promise<PortRequest[]> {
    const failed: PortRequest[] = [];
    const waiting = [...marks];
    const worker = async (): Promise<void> => {
      while (waiting.length > 0)
        failed.push(...(await this.#markSome(waiting.splice(0, PORTS_PER_CALL), signal)));
    };
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, worker));
    return failed;
  }

  /** Management adapters and partitions that OpenStack does not manage are unknown; only after an event it is odd. */
  #unknown(requests: readonly PlugRequest[]): void {
    const { log, ports } = this.#options;
    for (const request of requests) {
      ports.remove(request);
      if (request.quiet) continue;
      log.warn('Neutron knows no port of this host with the MAC of an event', { ...request });
    }
  }

  async #markSome(marks: readonly Mark[], signal: AbortSignal): Promise<PortRequest[]> {
    const { neutron, log } = this.#options;
    const devices = (up: boolean) => marks.filter((mark) => mark.up === up).map((mark) => mark.device);
    try {
      const refused = await neutron.mark(devices(true), devices(false), signal);
      for (const mark of marks) if (!refused.has(mark.device)) mark.told?.();
      if (refused.size > 0) log.warn('Neutron could not mark ports up or down', { devices: [...refused] });
      return marks.filter((mark) => refused.has(mark.device)).map((mark) => mark.request);
    } catch (error) {
      if (signal.aborted) throw error;
      log.warn('ports could not be marked up or down', { ports: marks.length, reason: textOfError(error) });
      return marks.map((mark) => mark.request);
    }
  }
}

/** Requests by what they ask for. */
export interface SortedRequests {
  readonly prepare: PrepareRequest[];
  readonly others: PlugRequest[];
}

export function sortRequests(requests: readonly PortRequest[]): SortedRequests {
  const prepare: PrepareRequest[] = [];
  const others: PlugRequest[] = [];
  for (const request of requests)
    if (request.action === 'prepare') prepare.push(request);
    else others.push(request);
  return { prepare, others };
}

/** Requests about known ports by what they ask for. */
export function byAction(requests: readonly KnownRequest[]): Record<'plug' | 'unplug', KnownRequest[]> {
  return {
    plug: requests.filter(({ request }) => request.action === 'plug'),
    unplug: requests.filter(({ request }) => request.action === 'unplug'),
  };
}

/** A port of another host is up here already, as Neutron shall tell Nova (LMP-8). */
export function readyMark(request: PrepareRequest): Mark {
  return { request, device: neutronMac(request.mac), up: true };
}
