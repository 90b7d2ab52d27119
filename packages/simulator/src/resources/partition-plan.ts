import { idOf } from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import type { ManagedSystem } from '../world/managed-system.js';
import type { PartitionType } from '../world/partition.js';
import type { PartitionPlan } from '../world/partition-lifecycle.js';
import { checkCompatibilityMode } from '../world/partition-rules.js';
import { type PostedPartition, readMemory, readProcessors, readStored } from './partition-read.js';

/** What a posted partition of either kind asks for: the elements that a client must send (3.4, A.1). */
export function readPlan(system: ManagedSystem, posted: PostedPartition, type: PartitionType): PartitionPlan {
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
    type,
    memory: readMemory(posted),
    processors: readProcessors(posted),
    maxSlots: required(io.maximumVirtualIOSlots, 'MaximumVirtualIOSlots'),
    availabilityPriority: required(posted.availabilityPriority, 'AvailabilityPriority'),
    performanceCollection: required(posted.allowPerformanceDataCollection, 'AllowPerformanceDataCollection'),
    compatibilityMode,
    remoteRestart: 'kvmCapable' in posted ? (posted.simplifiedRemoteRestartCapable ?? false) : false,
    secureBoot: posted.pendingSecureBoot ?? 0,
    stored: readStored(posted),
  };
}

/** A client may choose the UUID by AtomID and PartitionUUID (protocol reference 2.6). */
function chosenUuid(posted: PostedPartition): string | undefined {
  const id = idOf(posted);
  return posted.partitionUUID ?? (id === '' ? undefined : id);
}
