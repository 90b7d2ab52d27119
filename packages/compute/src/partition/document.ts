import { create, type Init, type Lens, LogicalPartition } from '@openstack-powervm/rest';
import type { OptionalAttributes } from './optional-attributes.js';
import type { PartitionPlan } from './plan.js';
import type { ProcessorPlan } from './processors.js';

/** The document that creates the planned partition; its UUID can only be chosen now (ID-2). */
export function partitionDocument(plan: PartitionPlan): Lens<typeof LogicalPartition> {
  const init: Init<typeof LogicalPartition> = {
    allowPerformanceDataCollection: plan.collectMetrics,
    availabilityPriority: plan.availabilityPriority,
    partitionIOConfiguration: {
      maximumVirtualIOSlots: plan.maximumSlots,
      // IBM i: no load source is known before its disks are mapped (IBMI-1, IBMI-2).
      taggedIO:
        plan.type === 'OS400' ? { alternateLoadSource: 'NONE', console: 'HMC', loadSource: '0' } : undefined,
    },
    partitionMemoryConfiguration: {
      desiredMemory: plan.memory.desired,
      expansionFactor: plan.optional.expansionFactor,
      physicalPageTableRatio: plan.pageTableRatio,
      maximumMemory: plan.memory.maximum,
      minimumMemory: plan.memory.minimum,
    },
    partitionName: plan.name,
    partitionProcessorConfiguration: processorDocument(plan.processors),
    partitionType: plan.type,
    partitionUUID: plan.uuid,
    pendingProcessorCompatibilityMode: plan.compatibilityMode,
    pendingSecureBoot: plan.secureBoot,
    simplifiedRemoteRestartCapable: plan.remoteRestart,
    isRestrictedIOPartition: plan.restrictedIo ? true : undefined,
    ...optionalChildren(plan.optional),
  };
  return create(LogicalPartition, init, { id: plan.uuid });
}

/** What of the optional attributes are children of the partition itself; undefined ones are not sent (F10). */
export function optionalChildren(optional: OptionalAttributes) {
  return {
    lparPlacement: optional.placement,
    virtualSerialNumber: optional.virtualSerialNumber,
    associatedIBMiVirtualSoftwareTier: optional.softwareTier,
    kvmCapable: optional.kvmCapable,
    minimumAffinityScore: optional.minimumAffinityScore,
    minimumAffinityScoreAction: optional.minimumAffinityScoreAction,
  };
}

/** Only the section in use is sent (protocol reference 3.3). */
function processorDocument(
  processors: ProcessorPlan,
): NonNullable<Init<typeof LogicalPartition>['partitionProcessorConfiguration']> {
  if (processors.kind === 'dedicated')
    return {
      dedicatedProcessorConfiguration: {
        desiredProcessors: processors.processors.desired,
        maximumProcessors: processors.processors.maximum,
        minimumProcessors: processors.processors.minimum,
      },
      hasDedicatedProcessors: true,
      sharingMode: processors.sharingMode,
    };
  return {
    hasDedicatedProcessors: false,
    sharedProcessorConfiguration: {
      desiredProcessingUnits: processors.units.desired,
      desiredVirtualProcessors: processors.virtualProcessors.desired,
      maximumProcessingUnits: processors.units.maximum,
      maximumVirtualProcessors: processors.virtualProcessors.maximum,
      minimumProcessingUnits: processors.units.minimum,
      minimumVirtualProcessors: processors.virtualProcessors.minimum,
      sharedProcessorPoolID: processors.poolId,
      uncappedWeight: processors.weight,
    },
    sharingMode: processors.sharingMode,
  };
}
