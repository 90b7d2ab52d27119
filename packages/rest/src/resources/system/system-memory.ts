import { element } from '../../schema/declare.js';
import { flag, integer, integers, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Memory of the system. */
export const AssociatedSystemMemoryConfiguration = element(
  'AssociatedSystemMemoryConfiguration',
  { evidence: 'protocol reference 3.2; captures managedsystem.txt, sys_with_sriov.txt' },
  {
    allowedHardwarePageTableRations: integers('AllowedHardwarePageTableRations', 'ROR'),
    allowedMemoryDeduplicationTableRatios: text('AllowedMemoryDeduplicationTableRatios', 'ROR'),
    allowedMemoryRegionSize: integer('AllowedMemoryRegionSize', 'ROR'),
    availableBarrierSynchronizationRegisterArrays: integer(
      'AvailableBarrierSynchronizationRegisterArrays',
      'ROR',
    ),
    barrierSynchronizationRegisterArraySize: integer('BarrierSynchronizationRegisterArraySize', 'CUD'),
    configurableHugePages: integer('ConfigurableHugePages', 'ROR'),
    configurableSystemMemory: integer('ConfigurableSystemMemory', 'ROR', { unit: 'MB' }),
    configuredMirroredMemory: integer('ConfiguredMirroredMemory', 'CUD', { unit: 'MB' }),
    currentAddressBroadcastPolicy: text('CurrentAddressBroadcastPolicy', 'ROR'),
    currentAvailableHugePages: integer('CurrentAvailableHugePages', 'ROR'),
    currentAvailableMirroredMemory: integer('CurrentAvailableMirroredMemory', 'ROR', { unit: 'MB' }),
    currentAvailableSystemMemory: integer('CurrentAvailableSystemMemory', 'ROR', { unit: 'MB' }),
    currentLogicalMemoryBlockSize: integer('CurrentLogicalMemoryBlockSize', 'ROR', { unit: 'MB' }),
    currentMemoryMirroringMode: text('CurrentMemoryMirroringMode', 'ROR'),
    currentMirroredMemory: integer('CurrentMirroredMemory', 'ROR', { unit: 'MB' }),
    deconfiguredSystemMemory: integer('DeconfiguredSystemMemory', 'CUD', { unit: 'MB' }),
    defaultHardwarePageTableRatio: integer('DefaultHardwarePageTableRatio', 'COR'),
    defaultPhysicalPageTableRatio: integer('DefaultPhysicalPageTableRatio', 'COR', {
      note: '6 when absent.',
    }),
    defaultHardwarePagingTableRatioForDedicatedMemoryPartition: integer(
      'DefaultHardwarePagingTableRatioForDedicatedMemoryPartition',
      'CUD',
    ),
    hugePageCount: integer('HugePageCount', 'CUD'),
    hugePageSize: integer('HugePageSize', 'CUD'),
    installedSystemMemory: integer('InstalledSystemMemory', 'ROR', { unit: 'MB' }),
    maximumHugePages: integer('MaximumHugePages', 'ROR'),
    maximumMemoryPoolCount: integer('MaximumMemoryPoolCount', 'ROR'),
    maximumMirroredMemoryDefragmented: integer('MaximumMirroredMemoryDefragmented', 'CUD'),
    memoryDefragmentationState: text('MemoryDefragmentationState', 'CUD'),
    memoryMirroringState: text('MemoryMirroringState', 'CUD'),
    memoryRegionSize: integer('MemoryRegionSize', 'CUD', {
      unit: 'MB',
      note: 'Size of a logical memory block.',
    }),
    memoryUsedByHypervisor: integer('MemoryUsedByHypervisor', 'ROR', { unit: 'MB' }),
    mirrorableMemoryWithDefragmentation: integer('MirrorableMemoryWithDefragmentation', 'ROR'),
    mirrorableMemoryWithoutDefragmentation: integer('MirrorableMemoryWithoutDefragmentation', 'ROR'),
    mirroredMemoryUsedByHypervisor: integer('MirroredMemoryUsedByHypervisor', 'ROR', { unit: 'MB' }),
    pendingAddressBroadcastPolicy: text('PendingAddressBroadcastPolicy', 'CUD'),
    pendingAvailableHugePages: integer('PendingAvailableHugePages', 'CUD'),
    pendingAvailableSystemMemory: integer('PendingAvailableSystemMemory', 'CUD', { unit: 'MB' }),
    pendingLogicalMemoryBlockSize: integer('PendingLogicalMemoryBlockSize', 'CUD', { unit: 'MB' }),
    pendingMemoryMirroringMode: text('PendingMemoryMirroringMode', 'CUD'),
    pendingMemoryRegionSize: integer('PendingMemoryRegionSize', 'CUD', { unit: 'MB' }),
    sharedMemoryPool: text('SharedMemoryPool', 'CUD'),
    requestedHugePages: integer('RequestedHugePages', 'CUD'),
    temporaryMemoryForLogicalPartitionMobilityInUse: flag(
      'TemporaryMemoryForLogicalPartitionMobilityInUse',
      'CUD',
    ),
    totalBarrierSynchronizationRegisterArrays: integer('TotalBarrierSynchronizationRegisterArrays', 'ROR'),
  },
);
export type AssociatedSystemMemoryConfiguration = Lens<typeof AssociatedSystemMemoryConfiguration>;
