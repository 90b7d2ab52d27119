import { LogicalPartition as Declaration, type LogicalPartition } from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import type { Call } from '../http/call.js';
import { modified, pathOf } from '../world/changes.js';
import { migrationState, requireSettled } from '../world/migration/migration.js';
import {
  nvramOf,
  type LogicalPartition as Partition,
  type PartitionType,
  partitionTypes,
} from '../world/partition.js';
import { createPartition, deletePartition } from '../world/partition-lifecycle.js';
import { currentSettings, planPartitionUpdate } from '../world/partition-update.js';
import { invalid } from '../world/refusal.js';
import { logicalPortsOf } from '../world/sriov.js';
import {
  assign,
  chooseSerialNumber,
  giveBack,
  planSerialNumber,
  serialNumberOf,
} from '../world/virtual-serial-number.js';
import { vnicsOf } from '../world/vnic.js';
import { clientChannels, clientChannelUuid } from './fibre-channel-client-adapter.js';
import { readPlan } from './partition-plan.js';
import { partitionQuick, partitionSearch } from './partition-quick.js';
import { readMemory, readProcessors, readStored } from './partition-read.js';
import { partitionLive, partitionView } from './partition-view.js';
import type { GroupSet, ResourceKind, ViewContext } from './resource-kind.js';
import { clientBuses } from './scsi-mapping-view.js';
import { systemForNew, systemOf } from './system-address.js';

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
  remove: (call, partition) => deletePartition(call.world, partition, resetsAutoAssign(call)),
  search: partitionSearch,
  quick: partitionQuick,
};

function view(partition: Partition, context: ViewContext) {
  return {
    suspendCapable: false,
    sriovEthernetLogicalPorts: logicalPortsOf(partition).map((logical) => context.href(pathOf(logical))),
    ...partitionView(partition, context),
    remoteRestartCapable: false,
    simplifiedRemoteRestartCapable: partition.remoteRestart,
    hasDedicatedProcessorsForMigration: false,
    migrationState: migrationState(partition),
    remoteRestartState: 'Invalid',
    powerManagementMode: 'None',
    virtualSerialNumber: serialNumberOf(partition)?.number,
    virtualFibreChannelClientAdapters: clientChannels(partition).map((channel) =>
      context.href(`${pathOf(partition)}/VirtualFibreChannelClientAdapter/${clientChannelUuid(channel)}`),
    ),
    dedicatedVirtualNICs: vnicsOf(partition).map((vnic) => context.href(pathOf(vnic))),
    virtualSCSIClientAdapters: clientBuses(partition).map((bus) =>
      context.href(`${pathOf(partition)}/VirtualSCSIClientAdapter/${bus}`),
    ),
  };
}

function create(call: Call, posted: LogicalPartition, parent: string): Partition {
  const system = systemForNew(call.console, parent);
  const type = partitionType(required(posted.partitionType, 'PartitionType'));
  const wanted = posted.virtualSerialNumber ?? 'none';
  const serial = wanted === 'none' ? undefined : chooseSerialNumber(system, wanted);
  const partition = createPartition(call.world, system, readPlan(system, posted, type));
  if (serial !== undefined) assign(serial, partition);
  return partition;
}

function update(call: Call, partition: Partition, posted: LogicalPartition, groups: GroupSet): void {
  const present = currentSettings(partition);
  const applySerial =
    posted.virtualSerialNumber === undefined
      ? () => {}
      : planSerialNumber(call.world, partition, posted.virtualSerialNumber);
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
  if (resetsAutoAssign(call)) giveBack(call.world, partition, true);
  else applySerial();
  if (
    groups.has('NVRAM') &&
    posted.partitionNVRAM !== undefined &&
    posted.partitionNVRAM !== nvramOf(partition)
  ) {
    requireSettled(partition);
    partition.nvram = posted.partitionNVRAM;
    modified(call.world, partition, 'NVRAM');
  }
}

function partitionType(text: string): PartitionType {
  const type = partitionTypes.find((candidate) => candidate === text);
  if (type === undefined || type === 'Virtual IO Server') {
    throw invalid(`PartitionType "${text}" of a LogicalPartition is neither AIX/Linux nor OS400.`);
  }
  return type;
}

/** Protocol reference 1.9. */
const resetsAutoAssign = (call: Call): boolean => call.query.get('resetAutoAssign') === 'true';
