import type { LogicalPartition, VirtualIOServer } from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import type { MemorySettings } from '../world/memory.js';
import type { StoredValue } from '../world/partition.js';
import type { ProcessorSettings } from '../world/processors.js';
import { invalid } from '../world/refusal.js';

/** A posted partition of either kind. */
export type PostedPartition = LogicalPartition | VirtualIOServer;

/** PartitionMemoryConfiguration; what is left out keeps `present`. */
export function readMemory(posted: PostedPartition, present?: MemorySettings): MemorySettings {
  const memory = required(posted.partitionMemoryConfiguration, 'PartitionMemoryConfiguration');
  return {
    minimum: required(memory.minimumMemory, 'MinimumMemory'),
    desired: required(memory.desiredMemory, 'DesiredMemory'),
    maximum: required(memory.maximumMemory, 'MaximumMemory'),
    expansionFactor: memory.expansionFactor ?? present?.expansionFactor ?? 0,
    hardwarePageTableRatio: memory.hardwarePageTableRatio ?? present?.hardwarePageTableRatio ?? 6,
    physicalPageTableRatio: memory.physicalPageTableRatio ?? present?.physicalPageTableRatio ?? 6,
  };
}

/** PartitionProcessorConfiguration: exactly the section that HasDedicatedProcessors names counts (3.4). */
export function readProcessors(posted: PostedPartition): ProcessorSettings {
  const processors = required(posted.partitionProcessorConfiguration, 'PartitionProcessorConfiguration');
  const sharing = processors.sharingMode ?? '';
  if (required(processors.hasDedicatedProcessors, 'HasDedicatedProcessors')) {
    const dedicated = required(processors.dedicatedProcessorConfiguration, 'DedicatedProcessorConfiguration');
    return {
      mode: 'dedicated',
      processors: {
        minimum: required(dedicated.minimumProcessors, 'MinimumProcessors'),
        desired: required(dedicated.desiredProcessors, 'DesiredProcessors'),
        maximum: required(dedicated.maximumProcessors, 'MaximumProcessors'),
      },
      sharing,
    };
  }
  if (sharing !== 'capped' && sharing !== 'uncapped') {
    throw invalid(`SharingMode "${sharing}" of shared processors is neither capped nor uncapped.`);
  }
  const shared = required(processors.sharedProcessorConfiguration, 'SharedProcessorConfiguration');
  return {
    mode: 'shared',
    units: {
      minimum: required(shared.minimumProcessingUnits, 'MinimumProcessingUnits'),
      desired: required(shared.desiredProcessingUnits, 'DesiredProcessingUnits'),
      maximum: required(shared.maximumProcessingUnits, 'MaximumProcessingUnits'),
    },
    virtual: {
      minimum: required(shared.minimumVirtualProcessors, 'MinimumVirtualProcessors'),
      desired: required(shared.desiredVirtualProcessors, 'DesiredVirtualProcessors'),
      maximum: required(shared.maximumVirtualProcessors, 'MaximumVirtualProcessors'),
    },
    poolId: shared.sharedProcessorPoolID ?? 0,
    weight: sharing === 'uncapped' ? (shared.uncappedWeight ?? 64) : 0,
    sharing,
  };
}

/** Settable values that the simulator keeps and shows, but that change nothing in it. */
const storedProperties = [
  'isCallHomeEnabled',
  'isConnectionMonitoringEnabled',
  'isRedundantErrorPathReportingEnabled',
  'isTimeReferencePartition',
  'isVirtualTrustedPlatformModuleEnabled',
  'isServicePartition',
  'autoStart',
  'powerOnWithHypervisor',
  'description',
  'keyStoreSize',
  'lparPlacement',
] as const;

const storedClientProperties = [
  'suspendCapable',
  'isRestrictedIOPartition',
  'designatedIPLSource',
  'associatedIBMiVirtualSoftwareTier',
  'kvmCapable',
  'minimumAffinityScore',
  'minimumAffinityScoreAction',
] as const;

export function readStored(posted: PostedPartition): Map<string, StoredValue> {
  const stored = new Map<string, StoredValue>();
  const keep = (name: string, value: StoredValue | undefined): void => {
    if (value !== undefined) stored.set(name, value);
  };
  for (const name of storedProperties) keep(name, posted[name]);
  if ('kvmCapable' in posted) for (const name of storedClientProperties) keep(name, posted[name]);
  return stored;
}
