import type { PlugQueue, PlugRequest } from '../agent/plug-request.js';
import type { WiredPorts } from '../agent/wired-ports.js';
import type { Log } from '../log.js';
import type { BridgeEditor } from '../vlan/bridge-editor.js';
import type { ResolvedMappings } from './bridge-mappings.js';
import { type BridgedPort, vlansInUse } from './bridged-ports.js';
import { cleanUp } from './clean-up.js';
import type { Provisioner } from './provisioner.js';
import type { RecentBindings } from './recent-bindings.js';
import { type InventoryOptions, listVifs, type Vif } from './vif-inventory.js';

export interface HealerOptions {
  readonly inventory: InventoryOptions;
  readonly provisioner: Provisioner;
  readonly editor: BridgeEditor;
  readonly mappings: ResolvedMappings;
  readonly ports: WiredPorts<BridgedPort>;
  readonly recent: RecentBindings;
  readonly queue: PlugQueue;
  readonly cleanup: boolean;
  readonly log: Log;
}

/** Compares the whole system with what Neutron wants, whatever events said or failed to say. */
export class Healer {
  readonly #options: HealerOptions;

  constructor(options: HealerOptions) {
    this.#options = options;
  }

  /** Provisions every port of the system and takes off what nobody needs (SEAA-6). */
  async heal(signal: AbortSignal): Promise<void> {
    const { inventory, provisioner, editor, mappings, ports, queue, cleanup, log } = this.#options;
    const started = performance.now();
    const vifs = await listVifs(inventory, signal);
    const requests = plugRequests(vifs);
    ports.keepOnly(requests);
    queue.addOlder(await provisioner.handle(requests, signal));
    if (cleanup) {
      const bridges = new Set([...mappings.values()].map((mapping) => mapping.bridge));
      await cleanUp({ editor, bridges, portVlans: this.#portVlans(), vifs, log }, signal);
    }
    const seconds = (performance.now() - started) / 1000;
    log.info('healed', { adapters: vifs.length, ports: ports.count, seconds: Number(seconds.toFixed(1)) });
  }

  /** Asks for every port again, after events were missed (EVR-1). */
  async refetch(signal: AbortSignal): Promise<void> {
    const { inventory, ports, queue } = this.#options;
    const requests = plugRequests(await listVifs(inventory, signal));
    ports.keepOnly(requests);
    queue.replacePlugs(requests);
  }

  /** Wired ports and those that were bound lately, by bridge. */
  #portVlans(): Map<string, Set<number>> {
    const { mappings, ports, recent } = this.#options;
    const vlans = vlansInUse(ports);
    for (const [physicalNetwork, { bridge }] of mappings)
      for (const vlan of recent.vlans(physicalNetwork))
        vlans.set(bridge, (vlans.get(bridge) ?? new Set()).add(vlan));
    return vlans;
  }
}

/** Only client partitions have ports of Neutron's. */
function plugRequests(vifs: readonly Vif[]): PlugRequest[] {
  const clients = vifs.filter((vif) => vif.client);
  return clients.map(({ mac, partition }) => ({ action: 'plug', mac, partition, quiet: true }));
}
