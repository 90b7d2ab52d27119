import type { PlugQueue } from '../agent/plug-queue.js';
import type { PlugRequest } from '../agent/plug-request.js';
import type { WiredPorts } from '../agent/wired-ports.js';
import type { Log } from '../log.js';
import type { BridgeEditor } from '../vlan/bridge-editor.js';
import { Serial } from '../waiting.js';
import type { ResolvedMappings } from './bridge-mappings.js';
import { addVlan, type BridgedPort, vlansInUse } from './bridged-ports.js';
import { cleanUp, type VlansByBridge } from './clean-up.js';
import type { KnownNetworks } from './known-networks.js';
import type { Provisioner } from './provisioner.js';
import { type InventoryOptions, listVifs, type Vif } from './vif-inventory.js';

export interface HealerOptions {
  readonly inventory: InventoryOptions;
  readonly provisioner: Provisioner;
  readonly editor: BridgeEditor;
  readonly mappings: ResolvedMappings;
  readonly ports: WiredPorts<BridgedPort>;
  readonly networks: KnownNetworks;
  readonly queue: PlugQueue;
  readonly cleanup: boolean;
  readonly log: Log;
}

/** Compares the whole system with what Neutron wants, whatever events said or failed to say. */
export class Healer {
  readonly #options: HealerOptions;
  readonly #cleanUps = new Serial();
  /** VLANs of deleted networks that no clean-up has looked at yet, by bridge. */
  #deleted = new Map<string, Set<number>>();

  constructor(options: HealerOptions) {
    this.#options = options;
  }

  /** Provisions every port of the system and takes off what nobody needs (SEAA-6). */
  async heal(signal: AbortSignal): Promise<PlugRequest[]> {
    const { provisioner, ports, queue, cleanup, log } = this.#options;
    const started = performance.now();
    const vifs = await this.#everyVif(signal);
    const requests = plugRequests(vifs);
    queue.addOlder(await provisioner.handle(requests, signal));
    if (cleanup) await this.#cleanUp(vifs, signal);
    const seconds = (performance.now() - started) / 1000;
    log.info('healed', { adapters: vifs.length, ports: ports.count, seconds: Number(seconds.toFixed(1)) });
    return requests;
  }

  async everyPort(signal: AbortSignal): Promise<PlugRequest[]> {
    return plugRequests(await this.#everyVif(signal));
  }

  /**
   * Takes the VLANs of a deleted network off, with the protections of every clean-up but without waiting for the next
   * one. Most networks were never on this host, and then nothing is read.
   *
   * @throws PowerVMError; the next healing takes them off
   */
  async networkDeleted(networkId: string, signal: AbortSignal): Promise<void> {
    const { networks, mappings, cleanup } = this.#options;
    for (const { physicalNetwork, vlan } of networks.forget(networkId)) {
      const bridge = mappings.get(physicalNetwork)?.bridge;
      if (cleanup && bridge !== undefined) addVlan(this.#deleted, bridge, vlan);
    }
    await this.#cleanUps.run(async () => {
      const only = this.#deleted;
      this.#deleted = new Map();
      if (only.size > 0) await this.#cleanUp(await this.#everyVif(signal), signal, only);
    });
  }

  async #cleanUp(vifs: readonly Vif[], signal: AbortSignal, only?: VlansByBridge): Promise<void> {
    const { editor, mappings, log } = this.#options;
    const bridges = new Set([...mappings.values()].map((mapping) => mapping.bridge));
    const portVlans = () => this.#portVlans();
    await cleanUp({ editor, bridges, portVlans, vifs, log, ...(only && { only }) }, signal);
  }

  async #everyVif(signal: AbortSignal): Promise<Vif[]> {
    const { inventory, ports } = this.#options;
    const earlier = [...ports];
    const vifs = await listVifs(inventory, signal);
    ports.keepOnly(plugRequests(vifs), earlier);
    return vifs;
  }

  /** Wired ports and those that were bound lately, by bridge. */
  #portVlans(): Map<string, Set<number>> {
    const { mappings, ports, networks } = this.#options;
    const vlans = vlansInUse(ports);
    for (const [physicalNetwork, { bridge }] of mappings)
      for (const vlan of networks.recentVlans(physicalNetwork)) addVlan(vlans, bridge, vlan);
    return vlans;
  }
}

/** Only client partitions have ports of Neutron's. */
function plugRequests(vifs: readonly Vif[]): PlugRequest[] {
  const clients = vifs.filter((vif) => vif.client);
  return clients.map(({ mac, partition }) => ({ action: 'plug', mac, partition, quiet: true }));
}
