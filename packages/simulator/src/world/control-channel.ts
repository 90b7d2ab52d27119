import { createAdapter, deleteAdapter } from './adapter-lifecycle.js';
import type { Behaviour } from './behaviour.js';
import type { ClientNetworkAdapter } from './client-network-adapter.js';
import type { NetworkBridge } from './network-bridge.js';
import { conflict, invalid } from './refusal.js';
import type { VirtualIOServer } from './vios.js';
import type { VirtualSwitch } from './virtual-switch.js';
import type { World } from './world.js';

export const controlChannelBehaviours: readonly Behaviour[] = [
  {
    id: 'bridge.control-channel',
    does: 'a bridge with ControlChannelID has an adapter on that VLAN in each of its two VIOSes; its device is the SEA’s ControlChannelInterfaceName',
    evidence: 'protocol reference 3.8; captures fake_network_bridge.txt, fake_vios_feed.txt',
  },
  {
    id: 'bridge.control-channel.rules',
    does: 'the VLAN of a control channel is on no trunk of the switch, its adapters come and go with it; without ControlChannelID a failover pair has none',
    assumed: 'IBM’s documentation wants the VLAN for itself; refusals are ours',
  },
];

/** ControlChannelID */
export const controlChannelOf = ({ adapters }: NetworkBridge): number | undefined =>
  adapters[0]?.controlChannel?.portVlan;

/** What a new bridge may not ask for. Throws a `Refusal`. */
export function checkControlChannel(
  vioses: readonly VirtualIOServer[],
  plan: {
    readonly switch: VirtualSwitch;
    readonly portVlan: number;
    readonly taggedVlans: readonly number[];
    readonly controlChannel?: number | undefined;
  },
): void {
  const { controlChannel: vlan } = plan;
  if (vlan === undefined) return;
  if (vioses.length < 2) throw invalid('ControlChannelID needs two Shared Ethernet Adapters.');
  const full = vioses.find(({ slots }) => slots.free === 0);
  if (full !== undefined) throw conflict(`VIOS ${full.name} has no free virtual slot for a control channel.`);
  const trunks = [...(vioses[0]?.system.vioses ?? [])].flatMap(({ trunkAdapters }) =>
    trunkAdapters.filter((trunk) => trunk.switch === plan.switch),
  );
  if ([plan, ...trunks].some((trunk) => trunk.portVlan === vlan || trunk.taggedVlans.includes(vlan)))
    throw conflict(
      `VLAN ${vlan} of the control channel is on a trunk adapter of switch ${plan.switch.name}.`,
    );
}

/** The same of a bridge that is there, whose trunks shall carry `vlans`. */
export function checkControlChannelOf(
  bridge: NetworkBridge,
  vlan: number | undefined,
  vlans: readonly number[],
): void {
  const plan = { switch: bridge.switch, portVlan: bridge.portVlan, taggedVlans: vlans, controlChannel: vlan };
  const moved = vlan !== controlChannelOf(bridge);
  if (moved || (vlan !== undefined && vlans.includes(vlan)))
    checkControlChannel(
      bridge.adapters.map(({ vios }) => vios),
      plan,
    );
}

/** Makes, moves or removes the adapters of the channel. */
export function setControlChannel(world: World, bridge: NetworkBridge, vlan: number | undefined): void {
  if (vlan === controlChannelOf(bridge)) return;
  for (const sea of bridge.adapters) {
    const { vios, controlChannel: present } = sea;
    const numbers = vios.deviceNumbers.ent;
    if (present !== undefined) {
      deleteAdapter(world, present);
      numbers.release(Number(present.deviceName?.slice(3)));
    }
    sea.controlChannel =
      vlan === undefined
        ? undefined
        : createAdapter(world, vios, {
            slot: 'highest',
            portVlan: vlan,
            taggedVlans: [],
            taggedSupported: false,
            switch: bridge.switch,
            deviceName: `ent${numbers.next()}`,
          });
  }
}

/** Throws a `Refusal` for an adapter that belongs to a bridge. */
export function requireNoControlChannel(adapter: ClientNetworkAdapter): void {
  const { system } = adapter.partition;
  const sea = [...system.bridges]
    .flatMap(({ adapters }) => adapters)
    .find(({ controlChannel }) => controlChannel === adapter);
  if (sea !== undefined)
    throw conflict(`The adapter is the control channel of ${sea.deviceName} of VIOS ${sea.vios.name}.`);
}
