import { element } from '../../schema/declare.js';
import { decimal, flag, integer, link, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/**
 * Memory of a partition. Desired, maximum and minimum are the target of the next activation or dynamic change,
 * current is what is configured, runtime what the running partition has.
 */
export const PartitionMemoryConfiguration = element(
  'PartitionMemoryConfiguration',
  { evidence: 'protocol reference 3.3; captures lpar.txt, fake_vios_feed.txt' },
  {
    activeMemoryExpansionEnabled: flag('ActiveMemoryExpansionEnabled', 'CUD'),
    activeMemorySharingEnabled: flag('ActiveMemorySharingEnabled', 'CUD'),
    barrierSynchronizationRegisterArrayCount: integer('BarrierSynchronizationRegisterArrayCount', 'CUD'),
    desiredEntitledMemory: integer('DesiredEntitledMemory', 'unseen'),
    desiredHugePageCount: integer('DesiredHugePageCount', 'CUD'),
    desiredMemory: integer('DesiredMemory', 'CUD', { unit: 'MB' }),
    expansionFactor: decimal('ExpansionFactor', 'CUD', { note: '0: no memory expansion; else 1 to 10.' }),
    physicalPageTableRatio: integer('PhysicalPageTableRatio', 'unseen', { note: 'Exponent of two (8.1).' }),
    hardwarePageTableRatio: integer('HardwarePageTableRatio', 'CUD'),
    manualEntitledModeEnabled: flag('ManualEntitledModeEnabled', 'ROR'),
    maximumHugePageCount: integer('MaximumHugePageCount', 'CUD'),
    maximumMemory: integer('MaximumMemory', 'CUD', { unit: 'MB' }),
    memoryWeight: integer('MemoryWeight', 'unseen'),
    minimumHugePageCount: integer('MinimumHugePageCount', 'CUD'),
    minimumMemory: integer('MinimumMemory', 'CUD', { unit: 'MB' }),
    primaryPagingServicePartition: link('PrimaryPagingServicePartition', 'unseen'),
    secondaryPagingServicePartition: link('SecondaryPagingServicePartition', 'unseen'),
    autoEntitledMemoryEnabled: flag('AutoEntitledMemoryEnabled', 'CUD'),
    currentBarrierSynchronizationRegisterArrays: integer(
      'CurrentBarrierSynchronizationRegisterArrays',
      'ROR',
    ),
    currentEntitledMemory: text('CurrentEntitledMemory', 'ROR'),
    currentExpansionFactor: decimal('CurrentExpansionFactor', 'ROR'),
    currentPhysicalPageTableRatio: integer('CurrentPhysicalPageTableRatio', 'unseen'),
    currentHardwarePageTableRatio: integer('CurrentHardwarePageTableRatio', 'ROR'),
    currentHugePageCount: integer('CurrentHugePageCount', 'ROR'),
    currentMaximumHugePageCount: integer('CurrentMaximumHugePageCount', 'ROR'),
    currentMaximumMemory: integer('CurrentMaximumMemory', 'ROR', { unit: 'MB' }),
    currentMemory: integer('CurrentMemory', 'ROR', { unit: 'MB' }),
    currentMemoryWeight: integer('CurrentMemoryWeight', 'ROR'),
    currentMinimumHugePageCount: integer('CurrentMinimumHugePageCount', 'ROR'),
    currentMinimumMemory: integer('CurrentMinimumMemory', 'ROR'),
    currentPagingServicePartition: link('CurrentPagingServicePartition', 'unseen'),
    memoryExpansionHardwareAccessEnabled: flag('MemoryExpansionHardwareAccessEnabled', 'ROR'),
    memoryEncryptionHardwareAccessEnabled: flag('MemoryEncryptionHardwareAccessEnabled', 'ROR'),
    memoryExpansionEnabled: flag('MemoryExpansionEnabled', 'ROR'),
    memoryReleaseable: integer('MemoryReleaseable', 'unseen'),
    memoryToRelease: integer('MemoryToRelease', 'unseen'),
    redundantErrorPathReportingEnabled: flag('RedundantErrorPathReportingEnabled', 'ROR'),
    requiredMinimumForMaximum: integer('RequiredMinimumForMaximum', 'unseen'),
    runtimeEntitledMemory: integer('RuntimeEntitledMemory', 'unseen'),
    runtimeExpansionFactor: decimal('RuntimeExpansionFactor', 'unseen'),
    runtimeHugePageCount: integer('RuntimeHugePageCount', 'ROR'),
    runtimeMemory: integer('RuntimeMemory', 'ROR', { unit: 'MB' }),
    runtimeMemoryWeight: integer('RuntimeMemoryWeight', 'ROR'),
    runtimeMinimumMemory: integer('RuntimeMinimumMemory', 'ROR', { unit: 'MB' }),
    sharedMemoryEnabled: flag('SharedMemoryEnabled', 'CUD'),
  },
);
export type PartitionMemoryConfiguration = Lens<typeof PartitionMemoryConfiguration>;
