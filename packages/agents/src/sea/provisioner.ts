import { PowerVMError } from '@openstack-powervm/rest';
import { type Log, textOfError } from '../log.js';
import type { DeviceDetails, NeutronPlugin } from '../neutron/plugin.js';
import type { BridgeEditor } from '../vlan/bridge-editor.js';
import type { ResolvedMappings } from './bridge-mappings.js';
import type { PlugRequest } from './plug-request.js';
import type { WiredPorts } from './wired-ports.js';

export interface ProvisionerOptions {
  readonly neutron: NeutronPlugin;
  readonly editor: BridgeEditor;
  readonly mappings: ResolvedMappings;
  readonly ports: WiredPorts;
  readonly log: Log;
}

/** A request about a port that Neutron knows. */
interface KnownRequest {
  readonly request: PlugRequest;
  readonly details: DeviceDetails;
}

interface Plug extends KnownRequest {
  readonly vlan: number;
}

/** What Neutron is to be told about one port. */
interface Mark {
  readonly request: PlugRequest;
  readonly device: string;
  readonly up: boolean;
  /** Runs when Neutron has taken it. */
  readonly told?: () => void;
}

/**
 * Carries out plug and unplug requests: VLANs on the bridges, then up or down at Neutron. A failure on one bridge or
 * with one port does not touch the others (EVR-8, B-20).
 */
export class Provisioner {
  readonly #options: ProvisionerOptions;

  constructor(options: ProvisionerOptions) {
    this.#options = options;
  }

  /**
   * Returns the requests that should be tried again later.
   *
   * @throws OsloError when Neutron cannot be asked; then nothing was done
   */
  async handle(requests: readonly PlugRequest[], signal: AbortSignal): Promise<PlugRequest[]> {
    const { neutron, log } = this.#options;
    // An empty list is not worth a call, and Neutron does not expect one (L-132).
    if (requests.length === 0) return [];
    const { known, failed } = await neutron.details(
      [...new Set(requests.map((request) => request.mac))],
      signal,
    );
    const again = requests.filter((request) => failed.includes(request.mac));
    if (again.length > 0) log.warn('Neutron could not tell about devices', { macs: failed });
    const found = requests.flatMap((request) => {
      const details = known.get(request.mac);
      return details ? [{ request, details }] : [];
    });
    this.#unknown(requests.filter((request) => !known.has(request.mac) && !failed.includes(request.mac)));
    again.push(
      ...(await this.#unplug(
        found.filter(({ request }) => request.action === 'unplug'),
        signal,
      )),
    );
    again.push(
      ...(await this.#plug(
        found.filter(({ request }) => request.action === 'plug'),
        signal,
      )),
    );
    return again;
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

  async #unplug(requests: readonly KnownRequest[], signal: AbortSignal): Promise<PlugRequest[]> {
    for (const { request } of requests) this.#options.ports.remove(request);
    const marks = requests.map(({ request, details }) => ({ request, device: details.device, up: false }));
    return await this.#markAll(marks, signal);
  }

  async #plug(requests: readonly KnownRequest[], signal: AbortSignal): Promise<PlugRequest[]> {
    const again: PlugRequest[] = [];
    for (const [bridge, plugs] of this.#byBridge(requests))
      again.push(...(await this.#plugOn(bridge, plugs, signal)));
    return again;
  }

  /** Ports of unknown physical networks stay as they are (SEAA-4, SEAA-11). */
  #byBridge(requests: readonly KnownRequest[]): Map<string, Plug[]> {
    const { mappings, log } = this.#options;
    const byBridge = new Map<string, Plug[]>();
    for (const known of requests) {
      const { physicalNetwork, segmentationId: vlan, portId } = known.details;
      const mapping = mappings.get(physicalNetwork ?? '');
      if (mapping === undefined || vlan === null) {
        const problem = mapping
          ? 'its network has no VLAN'
          : 'bridge_mappings does not name its physical network';
        log.warn(`a port is left as it is: ${problem}`, { port: portId, physicalNetwork, vlan });
        continue;
      }
      byBridge.set(mapping.bridge, [...(byBridge.get(mapping.bridge) ?? []), { ...known, vlan }]);
    }
    return byBridge;
  }

  async #plugOn(bridge: string, plugs: readonly Plug[], signal: AbortSignal): Promise<PlugRequest[]> {
    const { editor, ports, log } = this.#options;
    const vlans = new Set(plugs.map((plug) => plug.vlan));
    try {
      const refusals = await editor.ensure(bridge, vlans, ports.vlans(), signal);
      for (const error of refusals.values()) log.error(textOfError(error), { bridge });
      const served = plugs.filter((plug) => !refusals.has(plug.vlan));
      return await this.#markAll(
        served.map((plug) => this.#wired(bridge, plug)),
        signal,
      );
    } catch (error) {
      if (signal.aborted) throw error;
      log.error('VLANs could not be put on a network bridge', {
        bridge,
        vlans: [...vlans],
        reason: textOfError(error),
      });
      return isFinal(error) ? [] : plugs.map((plug) => plug.request);
    }
  }

  /** The port counts as wired once Neutron has been told. A port that is switched off stays down. */
  #wired(bridge: string, { request, details, vlan }: Plug): Mark {
    const { device, portId, adminStateUp } = details;
    const told = (): void => this.#options.ports.set({ request, portId, bridge, vlan, adminStateUp });
    return { request, device, up: adminStateUp, told };
  }

  /** Returns the requests that Neutron could not be told about. */
  async #markAll(marks: readonly Mark[], signal: AbortSignal): Promise<PlugRequest[]> {
    const failed: PlugRequest[] = [];
    const waiting = [...marks];
    const worker = async (): Promise<void> => {
      while (waiting.length > 0)
        failed.push(...(await this.#mark(waiting.splice(0, PORTS_PER_CALL), signal)));
    };
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, worker));
    return failed;
  }

  async #mark(marks: readonly Mark[], signal: AbortSignal): Promise<PlugRequest[]> {
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

/** Calls to neutron-server at once, and ports in one call: neither fills its queue nor keeps a port waiting long. */
const CALLS_AT_ONCE = 4;
const PORTS_PER_CALL = 10;

/** The console refused what was asked; asking again would be refused again, until the next heal. */
function isFinal(error: unknown): boolean {
  return PowerVMError.is(error, 'PVM_REQUEST_REFUSED', 'PVM_FORBIDDEN');
}
