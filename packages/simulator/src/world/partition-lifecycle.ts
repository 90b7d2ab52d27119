import type { Behaviour } from './behaviour.js';
import { added, deleted, modified, touch } from './changes.js';
import { isPartitionUuid, partitionUuid } from './identity.js';
import { allPartitions, type ManagedSystem } from './managed-system.js';
import type { MemorySettings } from './memory.js';
import { requireSettled } from './migration/migration.js';
import {
  type AnyPartition,
  isOff,
  type LogicalPartition,
  type Partition,
  type PartitionType,
  type StoredValue,
} from './partition.js';
import { checkMemory, checkName, checkProcessors, checkSlots } from './partition-rules.js';
import { memoryVolumesOf } from './persistent-memory.js';
import { releaseMemoryVolume } from './persistent-memory-lifecycle.js';
import type { ProcessorSettings } from './processors.js';
import { conflict, invalid } from './refusal.js';
import { Registry } from './registry.js';
import { SlotTable } from './slots.js';
import { logicalPortsOf } from './sriov.js';
import { releaseLogicalPort } from './sriov-lifecycle.js';
import { giveBack } from './virtual-serial-number.js';
import { vnicsOf } from './vnic.js';
import { deleteVnic } from './vnic-lifecycle.js';
import type { World } from './world.js';

export const partitionBehaviours: readonly Behaviour[] = [
  {
    id: 'partition.id',
    does: 'a new partition gets the lowest free partition id, so ids are used again',
    assumed: 'protocol reference 3.4 (inferred)',
  },
  {
    id: 'partition.delete.running',
    does: 'a partition that is on cannot be deleted',
    assumed: 'protocol reference 8.3 leaves the refusal to the server (inferred)',
  },
  {
    id: 'partition.delete.orphans',
    does: 'deleting a partition leaves its mappings in the VIOSes as orphans: without ClientAdapter and href',
    assumed:
      'captured orphans (fake_vios_mappings.txt) and the scrub tasks of protocol reference 8.4 suggest it',
  },
];

/** What a create request says. */
export interface PartitionPlan {
  readonly uuid?: string | undefined;
  readonly id?: number | undefined;
  readonly name: string;
  readonly type: PartitionType;
  readonly memory: MemorySettings;
  readonly processors: ProcessorSettings;
  readonly maxSlots: number;
  readonly availabilityPriority: number;
  readonly performanceCollection: boolean;
  readonly compatibilityMode: string;
  readonly remoteRestart: boolean;
  readonly secureBoot: number;
  readonly stored?: ReadonlyMap<string, StoredValue>;
}

/** Throws a `Refusal` when the plan breaks a rule of the system; nothing is changed then. */
export function createPartition(world: World, system: ManagedSystem, plan: PartitionPlan): LogicalPartition {
  const partition: LogicalPartition = { ...buildPartition(world, system, plan), kind: 'LogicalPartition' };
  system.partitions.add(partition);
  added(world, partition);
  modified(world, system, 'Other');
  return partition;
}

/** The state that LPARs and VIOSes share, checked but not yet part of the system. */
export function buildPartition(
  world: World,
  system: ManagedSystem,
  plan: PartitionPlan,
  isManagement = false,
): Partition {
  checkName(system, plan.name);
  checkMemory(system, plan.memory);
  checkProcessors(system, plan.processors);
  checkSlots(plan.maxSlots);
  const random = world.random.stream(`partition/${plan.name}/${plan.uuid ?? ''}`);
  const id = freeId(system, plan.id);
  return {
    system,
    uuid: freeUuid(world, plan.uuid, () => partitionUuid(world.random)),
    id,
    name: plan.name,
    type: plan.type,
    state: 'not activated',
    rmc: 'inactive',
    rmcAddress: undefined,
    memory: { pending: { ...plan.memory }, current: { ...plan.memory }, runtimeMb: 0 },
    processors: { pending: structuredClone(plan.processors), current: structuredClone(plan.processors) },
    slots: new SlotTable(plan.maxSlots, random.integer(2, 9)),
    adapters: new Registry(random),
    isManagement,
    operatingSystem: 'Unknown',
    bootMode: 'Normal',
    keylock: 'normal',
    bootString: undefined,
    availabilityPriority: plan.availabilityPriority,
    performanceCollection: plan.performanceCollection,
    pendingCompatibilityMode: plan.compatibilityMode,
    currentCompatibilityMode: plan.compatibilityMode,
    remoteRestart: plan.remoteRestart,
    secureBoot: { pending: plan.secureBoot, current: 0 },
    referenceCode: '00000000',
    activatedAt: undefined,
    loads: [],
    nvram: undefined,
    serialNumber: `${system.serial}${id.toString(36).toUpperCase()}`,
    stored: new Map(plan.stored),
    revision: 0,
    migration: undefined,
    pendingActions: new Set(),
    createdAt: world.clock.now(),
  };
}

/** Throws a `Refusal` while the partition is on. */
export function deletePartition(world: World, partition: LogicalPartition, resetAutoAssign = false): void {
  if (partition.isManagement) throw conflict(`The management partition ${partition.name} cannot be deleted.`);
  requireSettled(partition);
  if (!isOff(partition)) {
    throw conflict(
      `HSCL05DF Partition ${partition.name} is ${partition.state}; a partition must be off before it is deleted.`,
    );
  }
  for (const vnic of vnicsOf(partition)) deleteVnic(world, vnic);
  for (const logical of logicalPortsOf(partition)) releaseLogicalPort(world, logical);
  for (const volume of memoryVolumesOf(partition)) releaseMemoryVolume(world, volume);
  giveBack(world, partition, resetAutoAssign);
  partition.system.partitions.delete(partition);
  orphanMappings(partition);
  deleted(world, partition);
  modified(world, partition.system, 'Other');
}

/** The partition becomes the original, which is deleted (protocol reference 4.3, CloneUUID). */
export function takeOverUuid(world: World, surrogate: LogicalPartition, original: LogicalPartition): void {
  requireSettled(surrogate);
  if (surrogate === original) throw invalid(`Partition ${original.name} has its UUID already.`);
  if (!isOff(surrogate)) throw conflict(`Partition ${surrogate.name} is ${surrogate.state}; it must be off.`);
  const { uuid, system } = original;
  deletePartition(world, original);
  deleted(world, surrogate);
  system.partitions.delete(surrogate);
  surrogate.uuid = uuid;
  system.partitions.add(surrogate);
  touch(surrogate);
  added(world, surrogate);
}

function orphanMappings(partition: AnyPartition): void {
  for (const vios of partition.system.vioses) {
    const orphans = vios.scsiMappings.filter((mapping) => mapping.adapters.client === partition);
    for (const { adapters } of orphans) adapters.client = undefined;
    const channels = vios.fibreChannelMappings.filter((mapping) => mapping.client === partition);
    for (const mapping of channels) mapping.client = undefined;
    if (orphans.length + channels.length > 0) touch(vios);
  }
}

function freeId(system: ManagedSystem, wanted: number | undefined): number {
  const taken = new Set(allPartitions(system).map((partition) => partition.id));
  if (wanted !== undefined) {
    if (wanted < 1 || wanted > system.maximumPartitions) {
      throw invalid(`Partition id ${wanted} is outside 1 to ${system.maximumPartitions}.`);
    }
    if (taken.has(wanted)) throw conflict(`Partition id ${wanted} is already in use.`);
    return wanted;
  }
  for (let id = 1; id <= system.maximumPartitions; id += 1) if (!taken.has(id)) return id;
  throw conflict(`The system already has its maximum of ${system.maximumPartitions} partitions.`);
}

function freeUuid(world: World, wanted: string | undefined, generate: () => string): string {
  if (wanted === undefined) return generate();
  if (!isPartitionUuid(wanted)) {
    throw invalid(`${wanted} cannot be a partition UUID: it must be a UUID whose first digit is 0 to 7.`);
  }
  const holder = world.systems.flatMap(allPartitions).find((p) => p.uuid === wanted.toUpperCase());
  if (holder !== undefined) throw conflict(`UUID ${wanted} belongs to partition ${holder.name}.`);
  return wanted.toUpperCase();
}
