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
    return await this.#markAll(requests, signal, async ({ request, details }) => {
      this.#options.ports.remove(request);
      await this.#options.neutron.down(details.device, signal);
    });
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
      return await this.#markAll(served, signal, (plug) => this.#mark(bridge, plug, signal));
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

  async #mark(bridge: string, { request, details, vlan }: Plug, signal: AbortSignal): Promise<void> {
    const { neutron, ports } = this.#options;
    const { device, portId, adminStateUp } = details;
    if (adminStateUp) await neutron.up(device, signal);
    else await neutron.down(device, signal);
    ports.set({ request, portId, bridge, vlan, adminStateUp });
  }

  /** Returns the requests whose call to Neutron failed. */
  async #markAll<T extends KnownRequest>(
    requests: readonly T[],
    signal: AbortSignal,
    mark: (request: T) => Promise<void>,
  ): Promise<PlugRequest[]> {
    const failed: PlugRequest[] = [];
    const waiting = [...requests];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        try {
          await mark(next);
        } catch (error) {
          if (signal.aborted) throw error;
          const { action } = next.request;
          this.#options.log.warn(`the ${action} of a port could not be told to Neutron`, {
            port: next.details.portId,
            reason: textOfError(error),
          });
          failed.push(next.request);
        }
      }
    };
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, worker));
    return failed;
  }
}

/** Calls to neutron-server at once, so that a heal of many ports does not fill its queue. */
const CALLS_AT_ONCE = 4;

/** The console refused what was asked; asking again would be refused again, until the next heal. */
function isFinal(error: unknown): boolean {
  return PowerVMError.is(error, 'PVM_REQUEST_REFUSED', 'PVM_FORBIDDEN');
}
