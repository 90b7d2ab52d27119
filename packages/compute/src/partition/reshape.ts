import {
  create,
  DedicatedProcessorConfiguration,
  SharedProcessorConfiguration,
} from '@openstack-powervm/rest';
import { optionalChildren } from './document.js';
import type { OptionalAttributes } from './optional-attributes.js';
import type { PartitionEntity } from './partition.js';
import type { KeptAttributes, PartitionPlan } from './plan.js';
import type { ProcessorPlan } from './processors.js';

type PartitionDocument = PartitionEntity['value'];

/** What a partition has now and a resize keeps unless the new flavor says otherwise (FIN-3). */
export function keptAttributes(value: PartitionDocument): KeptAttributes {
  const shared = value.partitionProcessorConfiguration?.sharedProcessorConfiguration;
  return {
    maximumSlots: value.partitionIOConfiguration?.maximumVirtualIOSlots ?? 64,
    availabilityPriority: value.availabilityPriority,
    collectMetrics: value.allowPerformanceDataCollection,
    compatibilityMode: value.pendingProcessorCompatibilityMode,
    remoteRestart: value.simplifiedRemoteRestartCapable,
    poolId: shared?.sharedProcessorPoolID,
    weight: shared?.uncappedWeight,
  };
}

/** Memory and units that the partition holds while it is off: its own share when it is resized (FLV-10). */
export function heldResources(value: PartitionDocument): { memory: number; processorUnits: number } {
  const processors = value.partitionProcessorConfiguration;
  const units =
    processors?.sharedProcessorConfiguration?.desiredProcessingUnits ??
    processors?.dedicatedProcessorConfiguration?.desiredProcessors ??
    0;
  return { memory: value.partitionMemoryConfiguration?.desiredMemory ?? 0, processorUnits: units };
}

/** Writes a plan into the document of an existing partition. Slots and load sources stay (IBMI-4). */
export function reshape(value: PartitionDocument, plan: PartitionPlan): void {
  value.partitionName = plan.name;
  value.availabilityPriority = plan.availabilityPriority;
  value.allowPerformanceDataCollection = plan.collectMetrics;
  value.pendingProcessorCompatibilityMode = plan.compatibilityMode;
  if (plan.remoteRestart !== undefined) value.simplifiedRemoteRestartCapable = plan.remoteRestart;
  if (plan.secureBoot !== undefined) value.pendingSecureBoot = plan.secureBoot;
  const memory = value.partitionMemoryConfiguration;
  if (memory) {
    memory.desiredMemory = plan.memory.desired;
    memory.maximumMemory = plan.memory.maximum;
    memory.minimumMemory = plan.memory.minimum;
    if (plan.pageTableRatio !== undefined) memory.physicalPageTableRatio = plan.pageTableRatio;
    if (plan.optional.expansionFactor !== undefined) memory.expansionFactor = plan.optional.expansionFactor;
  }
  reshapeOptional(value, plan.optional);
  reshapeProcessors(value, plan.processors);
}

/** A partition that has a serial number of its own keeps it when the flavor wants any. */
function reshapeOptional(value: PartitionDocument, optional: OptionalAttributes): void {
  const { virtualSerialNumber: present = 'none' } = value;
  const { virtualSerialNumber: wanted, ...rest } = optionalChildren(optional);
  if (wanted !== undefined && (wanted !== 'auto' || present === 'none')) value.virtualSerialNumber = wanted;
  if (rest.lparPlacement !== undefined) value.lparPlacement = rest.lparPlacement;
  if (rest.associatedIBMiVirtualSoftwareTier !== undefined)
    value.associatedIBMiVirtualSoftwareTier = rest.associatedIBMiVirtualSoftwareTier;
  if (rest.kvmCapable !== undefined) value.kvmCapable = rest.kvmCapable;
  if (rest.minimumAffinityScore !== undefined) value.minimumAffinityScore = rest.minimumAffinityScore;
  if (rest.minimumAffinityScoreAction !== undefined)
    value.minimumAffinityScoreAction = rest.minimumAffinityScoreAction;
}

/** The section that is not in use is removed: a partition has one or the other (protocol reference 3.3). */
function reshapeProcessors(value: PartitionDocument, plan: ProcessorPlan): void {
  const processors = value.partitionProcessorConfiguration;
  if (!processors) return;
  processors.hasDedicatedProcessors = plan.kind === 'dedicated';
  processors.sharingMode = plan.sharingMode;
  if (plan.kind === 'dedicated') {
    processors.sharedProcessorConfiguration = undefined;
    processors.dedicatedProcessorConfiguration = create(DedicatedProcessorConfiguration, {
      desiredProcessors: plan.processors.desired,
      maximumProcessors: plan.processors.maximum,
      minimumProcessors: plan.processors.minimum,
    });
    return;
  }
  processors.dedicatedProcessorConfiguration = undefined;
  processors.sharedProcessorConfiguration = create(SharedProcessorConfiguration, {
    desiredProcessingUnits: plan.units.desired,
    desiredVirtualProcessors: plan.virtualProcessors.desired,
    maximumProcessingUnits: plan.units.maximum,
    maximumVirtualProcessors: plan.virtualProcessors.maximum,
    minimumProcessingUnits: plan.units.minimum,
    minimumVirtualProcessors: plan.virtualProcessors.minimum,
    sharedProcessorPoolID: plan.poolId,
    uncappedWeight: plan.weight,
  });
}
