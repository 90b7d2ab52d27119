import { PowerVMError } from '@openstack-powervm/rest';
import type { PortRequest, PrepareRequest } from '../agent/plug-request.js';
import {
  byAction,
  type KnownRequest,
  type Mark,
  type PortStatus,
  readyMark,
  sortRequests,
} from '../agent/port-status.js';
import type { WiredPorts } from '../agent/wired-ports.js';
import { type Log, textOfError } from '../log.js';
import type { BridgeEditor } from '../vlan/bridge-editor.js';
import type { ResolvedMappings } from './bridge-mappings.js';
import { type BridgedPort, vlansInUse } from './bridged-ports.js';
import type { KnownNetworks } from './known-networks.js';

export interface ProvisionerOptions {
  readonly status: PortStatus;
  readonly editor: BridgeEditor;
  readonly mappings: ResolvedMappings;
  readonly ports: WiredPorts<BridgedPort>;
  readonly networks: KnownNetworks;
  readonly log: Log;
}

/** A VLAN that a bridge is to serve, and what to tell Neutron then. */
interface Wish {
  readonly physicalNetwork: string | null;
  readonly vlan: number | null;
  /** For people. */
  readonly port: string;
  readonly markOn: (bridge: string, vlan: number) => Mark;
}

interface Plug extends Wish {
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
  async handle(requests: readonly PortRequest[], signal: AbortSignal): Promise<PortRequest[]> {
    const { status } = this.#options;
    const { prepare, others } = sortRequests(requests);
    const { found, again } = await status.lookUp(others, signal);
    const { plug, unplug } = byAction(found);
    const wishes = [
      ...plug.map((known) => this.#portWish(known)),
      ...prepare.map((each) => this.#readyWish(each)),
    ];
    return [
      ...again,
      ...(await status.unplugged(unplug, signal)),
      ...(await this.#provision(wishes, signal)),
    ];
  }

  /** The port counts as wired once Neutron has been told. A port that is switched off stays down. */
  #portWish({ request, details }: KnownRequest): Wish {
    const { device, portId, networkId, adminStateUp, physicalNetwork, segmentationId: vlan } = details;
    if (networkId !== null && physicalNetwork !== null && vlan !== null)
      this.#options.networks.seen({ physicalNetwork, vlan }, networkId);
    const markOn = (bridge: string, served: number): Mark => ({
      request,
      device,
      up: adminStateUp,
      told: () => this.#options.ports.set({ request, portId, bridge, vlan: served, adminStateUp }),
    });
    return { physicalNetwork, vlan, port: portId, markOn };
  }

  /** The VLAN is kept as that of a port that was bound lately: the partition is still on its way. */
  #readyWish(request: PrepareRequest): Wish {
    const { physicalNetwork, vlan, mac } = request;
    if (vlan !== null) this.#options.networks.bound({ physicalNetwork, vlan });
    return { physicalNetwork, vlan, port: mac, markOn: () => readyMark(request) };
  }

  async #provision(wishes: readonly Wish[], signal: AbortSignal): Promise<PortRequest[]> {
    const again: PortRequest[] = [];
    for (const [bridge, plugs] of this.#byBridge(wishes))
      again.push(...(await this.#plugOn(bridge, plugs, signal)));
    return again;
  }

  /** Ports of unknown physical networks stay as they are (SEAA-4, SEAA-11). */
  #byBridge(wishes: readonly Wish[]): Map<string, Plug[]> {
    const { mappings, log } = this.#options;
    const byBridge = new Map<string, Plug[]>();
    for (const wish of wishes) {
      const { physicalNetwork, vlan, port } = wish;
      const mapping = mappings.get(physicalNetwork ?? '');
      if (mapping === undefined || vlan === null) {
        const problem = mapping
          ? 'its network has no VLAN'
          : 'bridge_mappings does not name its physical network';
        log.warn(`a port is left as it is: ${problem}`, { port, physicalNetwork, vlan });
        continue;
      }
      byBridge.set(mapping.bridge, [...(byBridge.get(mapping.bridge) ?? []), { ...wish, vlan }]);
    }
    return byBridge;
  }

  async #plugOn(bridge: string, plugs: readonly Plug[], signal: AbortSignal): Promise<PortRequest[]> {
    const { editor, ports, status, log } = this.#options;
    const vlans = new Set(plugs.map((plug) => plug.vlan));
    const marksOf = (some: readonly Plug[]) => some.map((plug) => plug.markOn(bridge, plug.vlan));
    try {
      const refusals = await editor.ensure(bridge, vlans, vlansInUse(ports), signal);
      for (const error of refusals.values()) log.error(textOfError(error), { bridge });
      return await status.mark(marksOf(plugs.filter((plug) => !refusals.has(plug.vlan))), signal);
    } catch (error) {
      if (signal.aborted) throw error;
      log.error('VLANs could not be put on a network bridge', {
        bridge,
        vlans: [...vlans],
        reason: textOfError(error),
      });
      return isFinal(error) ? [] : marksOf(plugs).map((mark) => mark.request);
    }
  }
}

/** The console refused what was asked; asking again would be refused again, until the next heal. */
function isFinal(error: unknown): boolean {
  return PowerVMError.is(error, 'PVM_REQUEST_REFUSED', 'PVM_FORBIDDEN');
}
