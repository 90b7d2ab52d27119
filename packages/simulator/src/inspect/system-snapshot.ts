import type { DiskInfo } from '../bytes/byte-store.js';
import { carrierOf } from '../world/bridge-traffic.js';
import { availableMemory, availableUnits } from '../world/capacity.js';
import type { ClientNetworkAdapter } from '../world/client-network-adapter.js';
import type { ManagedSystem } from '../world/managed-system.js';
import { migrationState } from '../world/migration/migration.js';
import { loadGroups, type NetworkBridge } from '../world/network-bridge.js';
import type { AnyPartition } from '../world/partition.js';
import { processorCount, processorUnits } from '../world/processors.js';
import { type ScsiMapping, storageLabel, storageName, storageUdid } from '../world/scsi-mapping.js';
import type { VirtualIOServer } from '../world/vios.js';
import { vnicsOf } from '../world/vnic.js';
import { groupFreeGb, type VolumeGroup } from '../world/volume-group.js';
import type { World } from '../world/world.js';
import { type VnicSnapshot, vnicSnapshot } from './vnic-snapshot.js';

export interface AdapterSnapshot {
  readonly uuid: string;
  readonly slot: number;
  readonly mac: string;
  readonly portVlan: number;
  readonly taggedVlans: readonly number[];
  readonly switch: string;
  /** Null for an adapter that is no trunk. */
  readonly trunk: {
    readonly priority: number;
    readonly deviceName: string | undefined;
    readonly mtu: number | undefined;
    readonly ovsBridge: string | undefined;
    readonly ovsExternalIds: string | undefined;
  } | null;
}

export interface PartitionSnapshot {
  readonly name: string;
  readonly uuid: string;
  readonly id: number;
  readonly type: string;
  readonly state: string;
  readonly migrationState: string;
  readonly rmc: string;
  /** When it was powered on last, milliseconds since 1970; null while it is off. */
  readonly activatedAt: number | null;
  readonly isManagement: boolean;
  readonly memoryMb: number;
  readonly processors: { readonly mode: string; readonly count: number; readonly units: number };
  readonly adapters: readonly AdapterSnapshot[];
  readonly vnics: readonly VnicSnapshot[];
}

export interface MappingSnapshot {
  readonly serverSlot: number;
  /** Undefined for orphans. */
  readonly client: string | undefined;
  readonly clientSlot: number;
  readonly storage: { readonly kind: string; readonly name: string; readonly udid: string } | undefined;
  readonly target: { readonly name: string; readonly address: string } | undefined;
}

/** `content` names the bytes: see GET /simulator/disks. */
export interface ContentSnapshot {
  readonly name: string;
  readonly udid: string;
  readonly sizeGb: number;
  readonly content: DiskInfo | undefined;
}

export interface VolumeGroupSnapshot {
  readonly name: string;
  readonly uuid: string;
  readonly freeGb: number;
  readonly disks: readonly ContentSnapshot[];
  readonly media: readonly ContentSnapshot[];
}

export interface ViosSnapshot extends PartitionSnapshot {
  readonly mappings: readonly MappingSnapshot[];
  readonly volumeGroups: readonly VolumeGroupSnapshot[];
  /** Files and RBD images that it can map. */
  readonly backingObjects: readonly (ContentSnapshot & { readonly type: string })[];
}

export interface BridgeSnapshot {
  readonly uuid: string;
  readonly switch: string;
  readonly portVlan: number;
  readonly vioses: readonly string[];
  /** `carrier`: the VIOS through which the group's traffic goes now. */
  readonly groups: readonly {
    readonly portVlan: number;
    readonly vlans: readonly number[];
    readonly carrier: string | undefined;
  }[];
  /** Every VLAN that carries traffic: the port VLAN of the bridge and all tagged ones. */
  readonly vlans: readonly number[];
}

export interface SystemSnapshot {
  readonly name: string;
  readonly uuid: string;
  readonly availableMemoryMb: number;
  readonly availableUnits: number;
  readonly partitions: readonly PartitionSnapshot[];
  readonly vioses: readonly ViosSnapshot[];
  readonly switches: readonly { readonly name: string; readonly uuid: string; readonly id: number }[];
  readonly networks: readonly { readonly name: string; readonly vlan: number; readonly switch: string }[];
  readonly bridges: readonly BridgeSnapshot[];
}

export function systemSnapshot(world: World, system: ManagedSystem): SystemSnapshot {
  return {
    name: system.name,
    uuid: system.uuid,
    availableMemoryMb: availableMemory(system),
    availableUnits: availableUnits(system),
    partitions: system.partitions.map(partitionSnapshot),
    vioses: system.vioses.map((vios) => viosSnapshot(world, vios)),
    switches: system.switches.map(({ name, uuid, id }) => ({ name, uuid, id })),
    networks: system.networks.map((network) => ({
      name: network.name,
      vlan: network.vlan,
      switch: network.switch.name,
    })),
    bridges: system.bridges.map(bridgeSnapshot),
  };
}

function partitionSnapshot(partition: AnyPartition): PartitionSnapshot {
  const settings = partition.processors.current;
  return {
    name: partition.name,
    uuid: partition.uuid,
    id: partition.id,
    type: partition.type,
    state: partition.state,
    migrationState: migrationState(partition),
    rmc: partition.rmc,
    activatedAt: partition.activatedAt ?? null,
    isManagement: partition.isManagement,
    memoryMb: partition.memory.current.desired,
    processors: { mode: settings.mode, count: processorCount(settings), units: processorUnits(settings) },
    adapters: partition.adapters.map(adapterSnapshot),
    vnics: vnicsOf(partition).map(vnicSnapshot),
  };
}

function adapterSnapshot(adapter: ClientNetworkAdapter): AdapterSnapshot {
  const { uuid, slot, mac, portVlan, taggedVlans, trunkPriority: priority } = adapter;
  const { deviceName, mtu, ovsBridge, ovsExternalIds } = adapter;
  const trunk = priority === undefined ? null : { priority, deviceName, mtu, ovsBridge, ovsExternalIds };
  return { uuid, slot, mac, portVlan, taggedVlans, switch: adapter.switch.name, trunk };
}

function viosSnapshot(world: World, vios: VirtualIOServer): ViosSnapshot {
  return {
    ...partitionSnapshot(vios),
    mappings: vios.scsiMappings.map(mappingSnapshot),
    volumeGroups: vios.volumeGroups.map((group) => groupSnapshot(world, group)),
    backingObjects: vios.backingObjects.map(({ type, name, udid, sizeGb }) => ({
      type,
      name,
      udid,
      sizeGb,
      content: world.bytes.info(udid),
    })),
  };
}

function mappingSnapshot({ adapters, storage, target }: ScsiMapping): MappingSnapshot {
  return {
    serverSlot: adapters.serverSlot,
    client: adapters.client?.name,
    clientSlot: adapters.remoteSlot,
    storage:
      storage === undefined
        ? undefined
        : { kind: storageLabel(storage), name: storageName(storage), udid: storageUdid(storage) },
    target: target === undefined ? undefined : { name: target.name, address: target.address },
  };
}

function groupSnapshot(world: World, group: VolumeGroup): VolumeGroupSnapshot {
  return {
    name: group.name,
    uuid: group.uuid,
    freeGb: groupFreeGb(group),
    disks: group.disks.map(({ name, udid, capacityGb }) => ({
      name,
      udid,
      sizeGb: capacityGb,
      content: world.bytes.info(udid),
    })),
    media: (group.repository?.media ?? []).map(({ name, udid, sizeGb, contentKey }) => ({
      name,
      udid,
      sizeGb,
      content: world.bytes.info(contentKey),
    })),
  };
}

function bridgeSnapshot(bridge: NetworkBridge): BridgeSnapshot {
  const groups = loadGroups(bridge);
  return {
    uuid: bridge.uuid,
    switch: bridge.switch.name,
    portVlan: bridge.portVlan,
    vioses: bridge.adapters.map((adapter) => adapter.vios.name),
    groups: groups.map((group) => ({
      portVlan: group.portVlan,
      vlans: group.taggedVlans,
      carrier: carrierOf(bridge, group)?.vios.name,
    })),
    vlans: [bridge.portVlan, ...groups.flatMap((group) => group.taggedVlans)],
  };
}
