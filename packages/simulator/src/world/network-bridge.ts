import type { ClientNetworkAdapter } from './client-network-adapter.js';
import type { EthernetDevice } from './ethernet-device.js';
import type { ManagedSystem } from './managed-system.js';
import type { VirtualIOServer } from './vios.js';
import type { VirtualSwitch } from './virtual-switch.js';

/** A trunk adapter of a VIOS. One that no Shared Ethernet Adapter contains is an orphan (protocol reference 3.8). */
export interface TrunkAdapter {
  readonly vios: VirtualIOServer;
  readonly slot: number;
  readonly mac: string;
  /** `ent4` */
  readonly deviceName: string;
  readonly switch: VirtualSwitch;
  readonly priority: number;
  portVlan: number;
  taggedVlans: readonly number[];
}

export interface SharedEthernetAdapter {
  readonly vios: VirtualIOServer;
  /** `ent5` */
  readonly deviceName: string;
  readonly backing: EthernetDevice;
  readonly isPrimary: boolean;
  readonly udid: string;
  /** The primary trunk first. */
  readonly trunks: TrunkAdapter[];
  /** The VIOS's own adapter on the VLAN of the control channel. */
  controlChannel: ClientNetworkAdapter | undefined;
}

/**
 * One SEA, or a pair of SEAs on two VIOSes. Its load groups are not state: they are the trunk adapters grouped by
 * port VLAN, so that the two views in the document cannot disagree (protocol reference 8.11).
 */
export interface NetworkBridge {
  readonly kind: 'NetworkBridge';
  readonly uuid: string;
  readonly system: ManagedSystem;
  readonly number: number;
  readonly switch: VirtualSwitch;
  readonly portVlan: number;
  readonly adapters: SharedEthernetAdapter[];
  loadBalancing: boolean;
  readonly createdAt: number;
}

export interface LoadGroup {
  readonly portVlan: number;
  readonly taggedVlans: readonly number[];
  readonly trunks: readonly TrunkAdapter[];
}

/** The primary group first (protocol reference 3.8). */
export function loadGroups(bridge: NetworkBridge): LoadGroup[] {
  const groups = new Map<number, TrunkAdapter[]>();
  for (const trunk of bridge.adapters.flatMap((adapter) => adapter.trunks)) {
    groups.set(trunk.portVlan, [...(groups.get(trunk.portVlan) ?? []), trunk]);
  }
  return [...groups].map(([portVlan, trunks]) => ({
    portVlan,
    taggedVlans: trunks[0]?.taggedVlans ?? [],
    trunks,
  }));
}
