import type { Behaviour } from './behaviour.js';
import { added, deleted, modified } from './changes.js';
import type { ClientNetworkAdapter } from './client-network-adapter.js';
import { macAddress, nameUuid } from './identity.js';
import { allPartitions } from './managed-system.js';
import { type AnyPartition, isOff } from './partition.js';
import { conflict, invalid } from './refusal.js';
import { networkFor, releaseNetwork } from './virtual-network-lifecycle.js';
import type { VirtualSwitch } from './virtual-switch.js';
import type { World } from './world.js';

export const adapterBehaviours: readonly Behaviour[] = [
  {
    id: 'cna.mac.unique',
    does: 'a MAC address that another adapter of the system has is refused',
    assumed: 'no capture shows a duplicate',
  },
  {
    id: 'cna.dlpar',
    does: 'adapters of a running partition come and go without RMC',
    assumed:
      'the driver plugs and unplugs running partitions; whether a console insists on RMC is not recorded',
  },
  {
    id: 'cna.live-change',
    does: 'MAC address and switch of an adapter cannot change while its partition is on',
    assumed: 'protocol reference 3.9 (inferred)',
  },
];

/** What a create request says; a slot, or one of the two ways to choose one. */
export interface AdapterPlan {
  readonly slot: number | 'next' | 'highest';
  readonly mac?: string | undefined;
  readonly portVlan: number;
  readonly taggedVlans: readonly number[];
  readonly taggedSupported: boolean;
  readonly switch: VirtualSwitch;
  readonly allowedMacs?: string | undefined;
  readonly trunkPriority?: number | undefined;
  readonly deviceName?: string | undefined;
  readonly mtu?: number | undefined;
  readonly ovsBridge?: string | undefined;
  readonly ovsExternalIds?: string | undefined;
}

export function createAdapter(
  world: World,
  partition: AnyPartition,
  plan: AdapterPlan,
): ClientNetworkAdapter {
  checkVlans(plan.portVlan, plan.taggedVlans);
  const mac = plan.mac === undefined ? macAddress(world.random) : checkMac(partition, plan.mac);
  const whose = `partition ${partition.name}`;
  const slot =
    plan.slot === 'next'
      ? partition.slots.takeNext(whose)
      : plan.slot === 'highest'
        ? partition.slots.takeHighest(whose)
        : partition.slots.take(plan.slot, whose);
  networkFor(world, plan.switch, plan.portVlan, false);
  for (const vlan of plan.taggedVlans) networkFor(world, plan.switch, vlan, true);
  const { slot: _, ...rest } = plan;
  const adapter: ClientNetworkAdapter = {
    kind: 'ClientNetworkAdapter',
    uuid: nameUuid(`${partition.uuid}/adapter/${slot}/${world.random.hex(8)}`),
    partition,
    slot,
    enabled: true,
    ...rest,
    mac,
    allowedMacs: plan.allowedMacs ?? 'ALL',
    trunkPriority: plan.trunkPriority,
    deviceName: plan.deviceName,
    mtu: plan.mtu,
    ovsBridge: plan.ovsBridge,
    ovsExternalIds: plan.ovsExternalIds,
    createdAt: world.clock.now(),
  };
  partition.adapters.add(adapter);
  added(world, adapter);
  modified(world, partition, 'Other');
  return adapter;
}

/** The settable values of a posted adapter. */
export type AdapterUpdate = Pick<
  ClientNetworkAdapter,
  | 'mac'
  | 'portVlan'
  | 'taggedVlans'
  | 'taggedSupported'
  | 'switch'
  | 'enabled'
  | 'allowedMacs'
  | 'trunkPriority'
  | 'deviceName'
  | 'mtu'
  | 'ovsBridge'
  | 'ovsExternalIds'
>;

export function updateAdapter(world: World, adapter: ClientNetworkAdapter, update: AdapterUpdate): void {
  checkVlans(update.portVlan, update.taggedVlans);
  const moved = update.mac !== adapter.mac || update.switch !== adapter.switch;
  if (moved && !isOff(adapter.partition)) {
    throw conflict(
      `MAC address and switch of an adapter of partition ${adapter.partition.name} cannot change while it is on.`,
    );
  }
  if (update.mac !== adapter.mac) checkMac(adapter.partition, update.mac);
  networkFor(world, update.switch, update.portVlan, false);
  for (const vlan of update.taggedVlans) networkFor(world, update.switch, vlan, true);
  Object.assign(adapter, update);
  modified(world, adapter, 'Other');
}

export function deleteAdapter(world: World, adapter: ClientNetworkAdapter): void {
  adapter.partition.adapters.delete(adapter);
  adapter.partition.slots.release(adapter.slot);
  for (const vlan of [adapter.portVlan, ...adapter.taggedVlans]) releaseNetwork(world, adapter.switch, vlan);
  deleted(world, adapter);
  modified(world, adapter.partition, 'Other');
}

/** Protocol reference 2.7: 12 upper-case hex digits, no separators. */
function checkMac(partition: AnyPartition, mac: string): string {
  if (!/^[0-9A-F]{12}$/i.test(mac)) throw invalid(`"${mac}" is not a MAC address: 12 hexadecimal digits.`);
  const upper = mac.toUpperCase();
  if ((Number.parseInt(upper.slice(0, 2), 16) & 1) === 1) throw invalid(`${mac} is a multicast MAC address.`);
  const holder = allPartitions(partition.system).find((p) => p.adapters.find((other) => other.mac === upper));
  if (holder !== undefined)
    throw conflict(`MAC address ${mac} belongs to an adapter of partition ${holder.name}.`);
  return upper;
}

/** Protocol reference 3.9: VLANs 1 to 4094, at most 18 tagged ones besides the port VLAN (20 on trunks, 8.11). */
export function checkVlans(portVlan: number, tagged: readonly number[]): void {
  for (const vlan of [portVlan, ...tagged]) {
    if (!Number.isInteger(vlan) || vlan < 1 || vlan > 4094)
      throw invalid(`VLAN ${vlan} is outside 1 to 4094.`);
  }
  if (tagged.length > 20)
    throw invalid(`${tagged.length} tagged VLANs are more than the 20 that an adapter can carry.`);
  if (new Set([portVlan, ...tagged]).size <= tagged.length)
    throw invalid('An adapter names the same VLAN twice.');
}
