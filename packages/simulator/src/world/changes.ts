import type { Behaviour } from './behaviour.js';
import type { ClientNetworkAdapter } from './client-network-adapter.js';
import type { EnterprisePool, EnterprisePoolMember } from './enterprise-pool.js';
import type { ManagedSystem } from './managed-system.js';
import type { NetworkBridge } from './network-bridge.js';
import type { AnyPartition } from './partition.js';
import type { VirtualPersistentMemoryVolume } from './persistent-memory.js';
import type { ProcessorPool } from './processor-pool.js';
import {
  type Cluster,
  type LogicalUnit,
  type SharedStoragePool,
  systemsOfCluster,
  type Tier,
} from './shared-storage-pool.js';
import type { LogicalPort } from './sriov.js';
import type { VirtualNetwork } from './virtual-network.js';
import type { VirtualSwitch } from './virtual-switch.js';
import type { Vnic } from './vnic.js';
import type { VolumeGroup } from './volume-group.js';
import type { World } from './world.js';

export const changeBehaviours: readonly Behaviour[] = [
  {
    id: 'events.uris',
    does: 'changes of partitions and VIOSes are announced with the CHILD form of their URI, without query',
    evidence: 'capture event_feed.txt; protocol reference 5.2',
  },
  {
    id: 'events.children',
    does: 'client network adapters and volume groups are announced under their partition or VIOS',
    assumed: 'the event capture holds no such object; the form follows their only addressable parent',
  },
];

/** Everything that has a URI of its own. */
export type Addressable =
  | ManagedSystem
  | AnyPartition
  | VolumeGroup
  | ClientNetworkAdapter
  | VirtualSwitch
  | VirtualNetwork
  | NetworkBridge
  | ProcessorPool
  | Cluster
  | SharedStoragePool
  | Tier
  | LogicalUnit
  | LogicalPort
  | Vnic
  | VirtualPersistentMemoryVolume
  | EnterprisePool
  | EnterprisePoolMember;

export interface Change {
  readonly type: 'ADD_URI' | 'DELETE_URI' | 'MODIFY_URI';
  readonly system: ManagedSystem;
  /** Below `/rest/api/uom/`. */
  readonly path: string;
  /** Comma-separated tokens (protocol reference 5.2); may be empty. */
  readonly detail: string;
}

/** The canonical path of an object below `/rest/api/uom/`: as links and events write it. */
export function pathOf(object: Addressable): string {
  switch (object.kind) {
    case 'ManagedSystem':
      return `ManagedSystem/${object.uuid}`;
    case 'Cluster':
    case 'SharedStoragePool':
    case 'Tier':
    case 'PowerEnterprisePool':
      return `${object.kind}/${object.uuid}`;
    case 'PowerEnterprisePoolMember':
      return `${pathOf(object.pool)}/${object.kind}/${object.uuid}`;
    case 'LogicalUnit':
      return `Tier/${object.tier.uuid}/LogicalUnit/${object.uuid}`;
    case 'SRIOVEthernetLogicalPort':
      return `${object.owner.kind}/${object.owner.uuid}/SRIOVEthernetLogicalPort/${object.uuid}`;
    case 'VirtualNICDedicated':
    case 'VirtualPersistentMemoryVolume':
      return `LogicalPartition/${object.partition.uuid}/${object.kind}/${object.uuid}`;
    case 'VolumeGroup':
      return `VirtualIOServer/${object.vios.uuid}/VolumeGroup/${object.uuid}`;
    case 'ClientNetworkAdapter':
      return `${object.partition.kind}/${object.partition.uuid}/ClientNetworkAdapter/${object.uuid}`;
    default:
      return `ManagedSystem/${object.system.uuid}/${object.kind}/${object.uuid}`;
  }
}

/** The systems whose consoles see the object: a shared storage pool belongs to several. */
function systemsOf(object: Addressable): Iterable<ManagedSystem> {
  switch (object.kind) {
    case 'ManagedSystem':
      return [object];
    case 'VolumeGroup':
      return [object.vios.system];
    case 'SRIOVEthernetLogicalPort':
      return [object.owner.system];
    case 'VirtualNICDedicated':
    case 'VirtualPersistentMemoryVolume':
    case 'ClientNetworkAdapter':
      return [object.partition.system];
    case 'PowerEnterprisePool':
      return object.members.flatMap(({ system }) => (system.kind === 'ManagedSystem' ? system : []));
    case 'PowerEnterprisePoolMember':
      return systemsOf(object.pool);
    case 'Cluster':
      return systemsOfCluster(object);
    case 'SharedStoragePool':
      return systemsOfCluster(object.cluster);
    case 'Tier':
      return systemsOfCluster(object.pool.cluster);
    case 'LogicalUnit':
      return systemsOfCluster(object.tier.pool.cluster);
    default:
      return [object.system];
  }
}

export function added(world: World, object: Addressable): void {
  announce(world, 'ADD_URI', object, '');
}

export function deleted(world: World, object: Addressable): void {
  announce(world, 'DELETE_URI', object, '');
}

/** Call after every visible change of the object, with the event's detail tokens. */
export function modified(world: World, object: Addressable, detail = 'Other'): void {
  touch(object);
  announce(world, 'MODIFY_URI', object, detail);
}

/** A change that the document shows but no event tells. */
export function touch(object: Addressable): void {
  if ('revision' in object) object.revision += 1;
}

function announce(world: World, type: Change['type'], object: Addressable, detail: string): void {
  const path = pathOf(object);
  for (const system of systemsOf(object)) {
    for (const listener of world.listeners) listener({ type, system, path, detail });
  }
}
