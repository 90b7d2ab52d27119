import { addTrunk, requireTwoForSharing } from './bridge-update.js';
import { added, deleted, modified } from './changes.js';
import { checkControlChannel, setControlChannel } from './control-channel.js';
import type { EthernetDevice } from './ethernet-device.js';
import { nameUuid } from './identity.js';
import type { ManagedSystem } from './managed-system.js';
import type { NetworkBridge, SharedEthernetAdapter } from './network-bridge.js';
import { conflict, invalid } from './refusal.js';
import type { VirtualIOServer } from './vios.js';
import { networkFor } from './virtual-network-lifecycle.js';
import type { VirtualSwitch } from './virtual-switch.js';
import type { World } from './world.js';

export interface BridgePlan {
  readonly switch: VirtualSwitch;
  readonly portVlan: number;
  readonly taggedVlans: readonly number[];
  readonly loadBalancing: boolean;
  /** VLAN of the control channel. */
  readonly controlChannel?: number | undefined;
  /** One SEA per VIOS, the primary one first. `device` is a free physical port. */
  readonly adapters: readonly {
    readonly vios: VirtualIOServer;
    readonly device: string;
    /** `ent5`; the next free name when undefined. */
    readonly name?: string | undefined;
  }[];
}

export function createBridge(world: World, system: ManagedSystem, plan: BridgePlan): NetworkBridge {
  const number = Math.max(1, ...system.bridges.map((other) => other.number)) + 1;
  const bridge: NetworkBridge = {
    kind: 'NetworkBridge',
    uuid: nameUuid(`${system.uuid}/bridge/${number}/${world.random.hex(8)}`),
    system,
    number,
    switch: plan.switch,
    portVlan: plan.portVlan,
    adapters: [],
    loadBalancing: plan.loadBalancing,
    createdAt: world.clock.now(),
  };
  checkPlan(plan);
  const backings = plan.adapters.map(({ vios, device }) => freeDevice(vios, device));
  plan.adapters.forEach(({ vios, name }, index) => {
    const backing = backings[index];
    if (backing === undefined) return;
    bridge.adapters.push(makeAdapter(world, vios, backing, name, index === 0));
  });
  for (const adapter of bridge.adapters) {
    addTrunk(world, bridge, adapter, { ...plan, slot: undefined, priority: adapter.isPrimary ? 1 : 2 });
  }
  setControlChannel(world, bridge, plan.controlChannel);
  networkFor(world, plan.switch, plan.portVlan, false);
  for (const vlan of plan.taggedVlans) networkFor(world, plan.switch, vlan, true);
  system.bridges.add(bridge);
  added(world, bridge);
  for (const { vios } of bridge.adapters) modified(world, vios, 'Other');
  return bridge;
}

function checkPlan(plan: BridgePlan): void {
  if (plan.adapters.length < 1 || plan.adapters.length > 2) {
    throw invalid('A network bridge has one or two Shared Ethernet Adapters.');
  }
  requireTwoForSharing(plan.loadBalancing, plan.adapters.length);
  checkControlChannel(
    plan.adapters.map(({ vios }) => vios),
    plan,
  );
  const [first, second] = plan.adapters;
  if (first?.vios === second?.vios)
    throw invalid('The two Shared Ethernet Adapters of a bridge are on different VIOSes.');
  for (const { vios } of plan.adapters) {
    const taken = vios.trunkAdapters.find(
      (trunk) =>
        trunk.switch === plan.switch &&
        (trunk.portVlan === plan.portVlan || trunk.taggedVlans.includes(plan.portVlan)),
    );
    if (taken !== undefined)
      throw conflict(`VLAN ${plan.portVlan} is already on ${taken.deviceName} of VIOS ${vios.name}.`);
  }
}

function makeAdapter(
  world: World,
  vios: VirtualIOServer,
  backing: EthernetDevice,
  name: string | undefined,
  isPrimary: boolean,
): SharedEthernetAdapter {
  const numbers = vios.deviceNumbers.ent;
  if (name !== undefined && !numbers.take(Number(name.slice(3))))
    throw conflict(`VIOS ${vios.name} already has a device ${name}.`);
  const deviceName = name ?? `ent${numbers.next()}`;
  return {
    vios,
    deviceName,
    backing,
    isPrimary,
    udid: `10${world.random.hex(16)}`,
    trunks: [],
    controlChannel: undefined,
  };
}

function freeDevice(vios: VirtualIOServer, name: string): EthernetDevice {
  const device = freeDevices(vios).find((candidate) => candidate.name === name);
  if (device === undefined) throw conflict(`VIOS ${vios.name} has no free Ethernet device ${name}.`);
  return device;
}

/** Physical ports that back no Shared Ethernet Adapter. */
export function freeDevices(vios: VirtualIOServer): EthernetDevice[] {
  const used = new Set(
    [...vios.system.bridges].flatMap((b) => b.adapters.filter((a) => a.vios === vios).map((a) => a.backing)),
  );
  return vios.ethernetDevices.filter((device) => !used.has(device));
}

export function deleteBridge(world: World, bridge: NetworkBridge): void {
  setControlChannel(world, bridge, undefined);
  for (const { vios, trunks, deviceName } of bridge.adapters) {
    for (const trunk of trunks) {
      vios.trunkAdapters.splice(vios.trunkAdapters.indexOf(trunk), 1);
      vios.slots.release(trunk.slot);
      vios.deviceNumbers.ent.release(Number(trunk.deviceName.slice(3)));
    }
    vios.deviceNumbers.ent.release(Number(deviceName.slice(3)));
  }
  bridge.system.bridges.delete(bridge);
  deleted(world, bridge);
  for (const { vios } of bridge.adapters) modified(world, vios, 'Other');
}
