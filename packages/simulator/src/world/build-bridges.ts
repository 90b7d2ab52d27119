import type { SiteSystem } from '../site/site.js';
import { createBridge, freeDevices } from './bridge-lifecycle.js';
import { addTrunk } from './bridge-update.js';
import type { ManagedSystem } from './managed-system.js';
import { networkFor } from './virtual-network-lifecycle.js';
import type { World } from './world.js';

/** The bridges of a site's system; each takes the next free Ethernet device of its VIOSes. */
export function buildBridges(world: World, system: ManagedSystem, plan: SiteSystem): void {
  for (const entry of plan.bridges) {
    const parent = system.switches.find((candidate) => candidate.name === entry.switch);
    if (parent === undefined) continue;
    const bridge = createBridge(world, system, {
      switch: parent,
      portVlan: entry.portVlan,
      taggedVlans: entry.loadSharing ? [] : entry.vlans,
      loadBalancing: entry.loadSharing,
      controlChannel: entry.controlChannel,
      adapters: entry.vioses.flatMap((name) => {
        const vios = system.vioses.find((candidate) => candidate.name === name);
        const device = vios === undefined ? undefined : freeDevices(vios)[0]?.name;
        return vios === undefined || device === undefined ? [] : [{ vios, device, name: entry.device }];
      }),
    });
    if (!entry.loadSharing || entry.vlans.length === 0) continue;
    // Load sharing needs a second load group: the tagged VLANs get trunk adapters of their own.
    const portVlan = fillerVlan(system, parent.name, entry.vlans);
    for (const adapter of bridge.adapters) {
      const request = { slot: undefined, portVlan, taggedVlans: entry.vlans, priority: undefined };
      addTrunk(world, bridge, adapter, request);
    }
    for (const vlan of entry.vlans) networkFor(world, parent, vlan, true);
    networkFor(world, parent, portVlan, false);
  }
}

/** A port VLAN that carries no traffic: the highest that nobody uses (protocol reference 8.11). */
function fillerVlan(system: ManagedSystem, parent: string, wanted: readonly number[]): number {
  const used = new Set(wanted);
  for (const network of system.networks) if (network.switch.name === parent) used.add(network.vlan);
  let vlan = 4094;
  while (used.has(vlan)) vlan -= 1;
  return vlan;
}
