import { PowerVMError } from '@openstack-powervm/rest';
import type { PlugRequest } from '../agent/plug-request.js';
import { byAction, type KnownRequest, type Mark, type PortStatus } from '../agent/port-status.js';
import type { WiredPorts } from '../agent/wired-ports.js';
import { type Log, textOfError } from '../log.js';
import type { BridgeEditor } from '../vlan/bridge-editor.js';
import type { ResolvedMappings } from './bridge-mappings.js';
import { type BridgedPort, vlansInUse } from './bridged-ports.js';

export interface ProvisionerOptions {
  readonly status: PortStatus;
  readonly editor: BridgeEditor;
  readonly mappings: ResolvedMappings;
  readonly ports: WiredPorts<BridgedPort>;
  readonly log: Log;
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
    const { status } = this.#options;
    const { found, again } = await status.lookUp(requests, signal);
    const { plug, unplug } = byAction(found);
    again.push(...(await status.unplugged(unplug, signal)));
    again.push(...(await this.#plug(plug, signal)));
    return again;
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
    const { editor, ports, status, log } = this.#options;
    const vlans = new Set(plugs.map((plug) => plug.vlan));
    try {
      const refusals = await editor.ensure(bridge, vlans, vlansInUse(ports), signal);
      for (const error of refusals.values()) log.error(textOfError(error), { bridge });
      const served = plugs.filter((plug) => !refusals.has(plug.vlan));
      return await status.mark(
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
}

/** The console refused what was asked; asking again would be refused again, until the next heal. */
function isFinal(error: unknown): boolean {
  return PowerVMError.is(error, 'PVM_REQUEST_REFUSED', 'PVM_FORBIDDEN');
}
