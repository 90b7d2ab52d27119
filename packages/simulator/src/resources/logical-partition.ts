import { LogicalPartition as Declaration, idOf, type LogicalPartition } from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import type { Call } from '../http/call.js';
import { modified, pathOf } from '../world/changes.js';
import type { ManagedSystem } from '../world/managed-system.js';
import { migrationState } from '../world/migration/migration.js';
import {
  type LogicalPartition as Partition,
  type PartitionType,
  partitionTypes,
} from '../world/partition.js';
import { createPartition, deletePartition, type PartitionPlan } from '../world/partition-lifecycle.js';
import { checkCompatibilityMode } from '../world/partition-rules.js';
import { currentSettings, planPartitionUpdate } from '../world/partition-update.js';
import { invalid } from '../world/refusal.js';
import { clientChannels, clientChannelUuid } from './fibre-channel-client-adapter.js';
import { partitionQuick, partitionSearch } from './partition-quick.js';
import { readMemory, readProcessors, readStored } from './partition-read.js';
import { partitionLive, partitionView } from './partition-view.js';
import type { GroupSet, ResourceKind, ViewContext } from './resource-kind.js';
import { clientBuses } from './scsi-mapping-view.js';
import { systemOf } from './system-address.js';

/** Protocol reference 3.4. */
export const logicalPartition: ResourceKind<Partition, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [
    { parent: undefined, list: (console) => console.systems.flatMap((system) => [...system.partitions]) },
    {
      parent: 'ManagedSystem',
      list: (console, id) => {
        const system = systemOf(console, id);
        return system === undefined ? undefined : [...system.partitions];
      },
    },
  ],
  identity: (partition) => ({ id: partition.uuid, createdAt: partition.createdAt }),
  revision: (partition) => partition.revision,
  view,
  live: partitionLive,
  create,
  update,
  remove: (call, partition) => deletePartition(call.world, partition),
  search: partitionSearch,
  quick: partitionQuick,
};

function view(partition: Partition, context: ViewContext) {
  return {
    ...partitionView(partition, context),
    remoteRestartCapable: false,
    simplifiedRemoteRestartCapable: partition.remoteRestart,
    hasDedicatedProcessorsForMigration: false,
    migrationState: migrationState(partition),
    remoteRestartState: 'Invalid',
    powerManagementMode: 'None',
    virtualFibreChannelClientAdapters: clientChannels(partition).map((channel) =>
      context.href(`${pathOf(partition)}/VirtualFibreChannelClientAdapter/${clientChannelUuid(channel)}`),
    ),
    virtualSCSIClientAdapters: clientBuses(partition).map((bus) =>
      context.href(`${pathOf(partition)}/VirtualSCSIClientAdapter/${bus}`),
    ),
  };
}

function create(call: Call, posted: LogicalPartition, parent: string): Partition {
  const system = parent === '' ? onlySystem(call) : systemOf(call.console, parent);
  if (system === undefined) throw invalid('The managed system of a new partition is unknown.');
  return createPartition(call.world, system, readPlan(system, posted));
}

/** The elements that a client must send (protocol reference 3.4, A.1). */
function readPlan(system: ManagedSystem, posted: LogicalPartition): PartitionPlan {
  const compatibilityMode = required(
    posted.pendingProcessorCompatibilityMode,
    'PendingProcessorCompatibilityMode',
  );
  checkCompatibilityMode(system, compatibilityMode);
  const io = required(posted.partitionIOConfiguration, 'PartitionIOConfiguration');
  return {
    uuid: chosenUuid(posted),
    id: posted.partitionID,
    name: required(posted.partitionName, 'PartitionName'),
    type: partitionType(required(posted.partitionType, 'PartitionType')),
    memory: readMemory(posted),
    processors: readProcessors(posted),
    maxSlots: required(io.maximumVirtualIOSlots, 'MaximumVirtualIOSlots'),
    availabilityPriority: required(posted.availabilityPriority, 'AvailabilityPriority'),
    performanceCollection: required(posted.allowPerformanceDataCollection, 'AllowPerformanceDataCollection'),
    compatibilityMode,
    remoteRestart: posted.simplifiedRemoteRestartCapable ?? false,
    secureBoot: posted.pendingSecureBoot ?? 0,
    stored: readStored(posted),
  };
}

function update(call: Call, partition: Partition, posted: LogicalPartition, groups: GroupSet): void {
  const present = currentSettings(partition);
  const apply = planPartitionUpdate(
    call.world,
    partition,
    {
      name: required(posted.partitionName, 'PartitionName'),
      memory: readMemory(posted, partition.memory.pending),
      processors: readProcessors(posted),
      maxSlots: posted.partitionIOConfiguration?.maximumVirtualIOSlots ?? present.maxSlots,
      availabilityPriority: posted.availabilityPriority ?? present.availabilityPriority,
      performanceCollection: posted.allowPerformanceDataCollection ?? present.performanceCollection,
      compatibilityMode: posted.pendingProcessorCompatibilityMode ?? present.compatibilityMode,
      remoteRestart: posted.simplifiedRemoteRestartCapable ?? present.remoteRestart,
      secureBoot: posted.pendingSecureBoot ?? present.secureBoot,
      keylock: posted.keylockPosition ?? present.keylock,
      stored: new Map([...partition.stored, ...readStored(posted)]),
    },
    { force: call.query.get('force') === 'true' },
  );
  apply();
  if (
    groups.has('NVRAM') &&
    posted.partitionNVRAM !== undefined &&
    posted.partitionNVRAM !== partition.nvram
  ) {
    partition.nvram = posted.partitionNVRAM;
    modified(call.world, partition, 'NVRAM');
  }
}

/** A client may choose the UUID by AtomID and PartitionUUID (protocol reference 2.6). */
function chosenUuid(posted: LogicalPartition): string | undefined {
  const id = idOf(posted);
  return posted.partitionUUID ?? (id === '' ? undefined : id);
}

function partitionType(text: string): PartitionType {
  const type = partitionTypes.find((candidate) => candidate === text);
  if (type === undefined || type === 'Virtual IO Server') {
    throw invalid(`PartitionType "${text}" of a LogicalPartition is neither AIX/Linux nor OS400.`);
  }
  return type;
}

function onlySystem(call: Call): ManagedSystem | undefined {
  return call.console.systems.length === 1 ? call.console.systems[0] : undefined;
}
