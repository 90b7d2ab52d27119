import { element } from '../../schema/declare.js';
import { decimal, flag, integer, links, text, texts } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Processors of the system. A limit of 0 or an absent one falls back to the system-wide maximum. */
export const AssociatedSystemProcessorConfiguration = element(
  'AssociatedSystemProcessorConfiguration',
  { evidence: 'protocol reference 3.2; captures managedsystem.txt, sys_with_sriov.txt' },
  {
    configurableSystemProcessorUnits: decimal('ConfigurableSystemProcessorUnits', 'ROR', {
      unit: 'processor units',
    }),
    currentAvailableSystemProcessorUnits: decimal('CurrentAvailableSystemProcessorUnits', 'ROR', {
      unit: 'processor units',
    }),
    currentMaximumProcessorsPerAIXOrLinuxPartition: integer(
      'CurrentMaximumProcessorsPerAIXOrLinuxPartition',
      'ROR',
    ),
    currentMaximumProcessorsPerIBMiPartition: integer('CurrentMaximumProcessorsPerIBMiPartition', 'ROR'),
    currentMaximumAllowedProcessorsPerPartition: integer(
      'CurrentMaximumAllowedProcessorsPerPartition',
      'ROR',
    ),
    currentMaximumProcessorsPerPartition: integer('CurrentMaximumProcessorsPerPartition', 'ROR'),
    currentMaximumProcessorsPerVirtualIOServerPartition: integer(
      'CurrentMaximumProcessorsPerVirtualIOServerPartition',
      'ROR',
    ),
    currentMaximumVirtualProcessorsPerAIXOrLinuxPartition: integer(
      'CurrentMaximumVirtualProcessorsPerAIXOrLinuxPartition',
      'ROR',
    ),
    currentMaximumVirtualProcessorsPerIBMiPartition: integer(
      'CurrentMaximumVirtualProcessorsPerIBMiPartition',
      'ROR',
    ),
    currentMaximumVirtualProcessorsPerVirtualIOServerPartition: integer(
      'CurrentMaximumVirtualProcessorsPerVirtualIOServerPartition',
      'ROR',
    ),
    deconfiguredSystemProcessorUnits: decimal('DeconfiguredSystemProcessorUnits', 'ROR', {
      unit: 'processor units',
    }),
    installedSystemProcessorUnits: decimal('InstalledSystemProcessorUnits', 'ROR', {
      unit: 'processor units',
    }),
    maximumProcessorUnitsPerIBMiPartition: integer('MaximumProcessorUnitsPerIBMiPartition', 'ROR'),
    maximumAllowedVirtualProcessorsPerPartition: integer(
      'MaximumAllowedVirtualProcessorsPerPartition',
      'ROR',
    ),
    maximumVirtualProcessorsPerPartition: integer('MaximumVirtualProcessorsPerPartition', 'ROR'),
    minimumProcessorUnitsPerVirtualProcessor: decimal('MinimumProcessorUnitsPerVirtualProcessor', 'ROR', {
      unit: 'processor units',
    }),
    pendingAvailableSystemProcessorUnits: decimal('PendingAvailableSystemProcessorUnits', 'CUD', {
      unit: 'processor units',
    }),
    sharedProcessorPoolCount: integer('SharedProcessorPoolCount', 'ROR'),
    supportedPartitionProcessorCompatibilityModes: texts(
      'SupportedPartitionProcessorCompatibilityModes',
      'ROR',
      { note: 'Includes default.' },
    ),
    temporaryProcessorUnitsForLogicalPartitionMobilityInUse: flag(
      'TemporaryProcessorUnitsForLogicalPartitionMobilityInUse',
      'ROR',
    ),
    turboCoreSupport: text('TurboCoreSupport', 'ROR'),
    sharedProcessorPool: links('SharedProcessorPool', 'CUD'),
  },
);
export type AssociatedSystemProcessorConfiguration = Lens<typeof AssociatedSystemProcessorConfiguration>;
