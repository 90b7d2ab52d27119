import {
  type Entity,
  type LoadGroup,
  NetworkBridge,
  type TrunkAdapter,
  VirtualSwitch,
} from '@openstack-powervm/rest';
import type { Command } from 'commander';
import { inspectionCommand } from '../inspect/inspection.js';
import { nameBehind, type Scope, type SystemReference } from '../inspect/scope.js';
import type { Row } from '../output/record.js';

interface Item {
  readonly system: SystemReference;
  readonly bridge: Entity<typeof NetworkBridge>;
  /** `device@vios` of each adapter, the primary one first. */
  readonly adapters: readonly string[];
  readonly switchName: string | undefined;
}

/** `powervm network`: the network bridges, which are Shared Ethernet Adapters or failover pairs of them. */
export function networkCommand(): Command {
  return inspectionCommand<Item>({
    name: 'network',
    noun: 'network bridge',
    description: 'list and show network bridges (Shared Ethernet Adapters) with the VLANs they carry',
    key: 'device, device@vios or UUID of the bridge',
    columns: [
      { key: 'system', title: 'SYSTEM', whenSeveral: true },
      { key: 'adapters', title: 'ADAPTERS' },
      { key: 'switch', title: 'SWITCH' },
      { key: 'portVlan', title: 'PVID' },
      { key: 'failover', title: 'FAILOVER' },
      { key: 'vlans', title: 'VLANS' },
      { key: 'uuid', title: 'UUID' },
    ],
    listManual: { examples: [['powervm network list', 'every bridge with its VLANs']] },
    showManual: { examples: [['powervm network show ent5@vios1', 'its load groups and trunk adapters']] },
    list: bridgesOf,
    identifiersOf: ({ bridge, adapters }) => [
      bridge.id,
      ...new Set([...adapters, ...adapters.map((each) => each.split('@', 1)[0])]),
    ],
    summary,
    details: async ({ bridge }) => ({
      loadGroups: bridge.value.loadGroups.toArray().map(groupRow),
    }),
  });
}

async function* bridgesOf(scope: Scope): AsyncGenerator<Item> {
  for (const system of await scope.systems()) {
    const names = await scope.partitionNames(system);
    const switches = await switchNames(scope, system);
    for await (const bridge of scope.session.stream(NetworkBridge, scope.parent(system))) {
      const seas = bridge.value.sharedEthernetAdapters.toArray();
      seas.sort((a, b) => Number(b.isPrimary ?? false) - Number(a.isPrimary ?? false));
      const adapters = seas.map(
        (sea) => `${sea.deviceName}@${nameBehind(sea.assignedVirtualIOServer, names)}`,
      );
      const number = seas[0]?.trunkAdapters.at(0)?.virtualSwitchID;
      yield { system, bridge, adapters, switchName: number === undefined ? undefined : switches.get(number) };
    }
  }
}

async function switchNames(
  scope: Scope,
  system: SystemReference,
): Promise<ReadonlyMap<number, string | undefined>> {
  const names = new Map<number, string | undefined>();
  for await (const { value } of scope.session.stream(VirtualSwitch, scope.parent(system)))
    if (value.switchID !== undefined) names.set(value.switchID, value.switchName);
  return names;
}

function summary({ system, bridge: { id, value }, adapters, switchName }: Item): Row {
  const vlans = value.loadGroups.toArray().flatMap((group) => vlansOf(group.trunkAdapters.at(0)));
  return {
    system: system.name,
    adapters,
    switch: switchName,
    portVlan: value.portVLANID,
    failover: value.failoverEnabled,
    loadSharing: value.loadBalancingEnabled,
    vlans: [...new Set(vlans)].sort((a, b) => a - b),
    uuid: id,
  };
}

/** The trunk adapters of a group carry the same VLANs on every VIOS. */
function groupRow(group: LoadGroup, index: number): Row {
  return {
    group: index,
    portVlan: group.portVLANID,
    trunks: group.trunkAdapters.map(({ deviceName, trunkPriority }) => `${deviceName} (${trunkPriority})`),
    vlans: vlansOf(group.trunkAdapters.at(0)),
  };
}

function vlansOf(trunk: TrunkAdapter | undefined): number[] {
  return (trunk?.taggedVLANIDs ?? '').split(' ').filter(Boolean).map(Number);
}
