import { element } from '../../schema/declare.js';
import { decimal, flag, integer, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Whole processors. */
export const DedicatedProcessorConfiguration = element(
  'DedicatedProcessorConfiguration',
  { evidence: 'protocol reference 3.3; capture lpar.txt' },
  {
    desiredProcessors: integer('DesiredProcessors', 'CUD'),
    maximumProcessors: integer('MaximumProcessors', 'CUD'),
    minimumProcessors: integer('MinimumProcessors', 'CUD'),
  },
);
export type DedicatedProcessorConfiguration = Lens<typeof DedicatedProcessorConfiguration>;

/** Shares of processors. */
export const SharedProcessorConfiguration = element(
  'SharedProcessorConfiguration',
  { evidence: 'protocol reference 3.3; captures lpar.txt, fake_vios_feed.txt' },
  {
    desiredProcessingUnits: decimal('DesiredProcessingUnits', 'CUD', { unit: 'processor units' }),
    desiredVirtualProcessors: integer('DesiredVirtualProcessors', 'CUD'),
    maximumProcessingUnits: decimal('MaximumProcessingUnits', 'CUD', { unit: 'processor units' }),
    maximumVirtualProcessors: integer('MaximumVirtualProcessors', 'CUD'),
    minimumProcessingUnits: decimal('MinimumProcessingUnits', 'CUD', { unit: 'processor units' }),
    minimumVirtualProcessors: integer('MinimumVirtualProcessors', 'CUD'),
    sharedProcessorPoolID: integer('SharedProcessorPoolID', 'CUD'),
    uncappedWeight: integer('UncappedWeight', 'CUD'),
  },
);
export type SharedProcessorConfiguration = Lens<typeof SharedProcessorConfiguration>;

/** Shares of processors as configured and as running. */
export const CurrentSharedProcessorConfiguration = element(
  'CurrentSharedProcessorConfiguration',
  { evidence: 'protocol reference 3.3; captures lpar.txt, fake_vios_feed.txt' },
  {
    allocatedVirtualProcessors: integer('AllocatedVirtualProcessors', 'ROR'),
    currentMaximumProcessingUnits: decimal('CurrentMaximumProcessingUnits', 'ROR', {
      unit: 'processor units',
    }),
    currentMinimumProcessingUnits: decimal('CurrentMinimumProcessingUnits', 'ROR', {
      unit: 'processor units',
    }),
    currentProcessingUnits: decimal('CurrentProcessingUnits', 'ROR', { unit: 'processor units' }),
    currentSharedProcessorPoolID: integer('CurrentSharedProcessorPoolID', 'ROR'),
    currentUncappedWeight: integer('CurrentUncappedWeight', 'ROR'),
    currentMinimumVirtualProcessors: integer('CurrentMinimumVirtualProcessors', 'ROR'),
    currentMaximumVirtualProcessors: integer('CurrentMaximumVirtualProcessors', 'ROR'),
    runtimeProcessingUnits: decimal('RuntimeProcessingUnits', 'ROR', { unit: 'processor units' }),
    runtimeUncappedWeight: integer('RuntimeUncappedWeight', 'ROR'),
  },
);
export type CurrentSharedProcessorConfiguration = Lens<typeof CurrentSharedProcessorConfiguration>;

/** Whole processors as configured and as running. */
export const CurrentDedicatedProcessorConfiguration = element(
  'CurrentDedicatedProcessorConfiguration',
  { evidence: 'protocol reference 3.3; capture lpar.txt' },
  {
    currentMaximumProcessors: integer('CurrentMaximumProcessors', 'ROR'),
    currentMinimumProcessors: integer('CurrentMinimumProcessors', 'ROR'),
    currentProcessors: integer('CurrentProcessors', 'ROR'),
    runProcessors: integer('RunProcessors', 'ROR'),
  },
);
export type CurrentDedicatedProcessorConfiguration = Lens<typeof CurrentDedicatedProcessorConfiguration>;

/** Processors of a partition: on create exactly one of the dedicated and the shared section is sent. */
export const PartitionProcessorConfiguration = element(
  'PartitionProcessorConfiguration',
  { evidence: 'protocol reference 3.3; captures lpar.txt, fake_vios_feed.txt' },
  {
    dedicatedProcessorConfiguration: nested(
      DedicatedProcessorConfiguration,
      'DedicatedProcessorConfiguration',
      'CUD',
    ),
    hasDedicatedProcessors: flag('HasDedicatedProcessors', 'CUD'),
    sharedProcessorConfiguration: nested(SharedProcessorConfiguration, 'SharedProcessorConfiguration', 'CUD'),
    sharingMode: text('SharingMode', 'CUD', {
      values: [
        'capped',
        'uncapped',
        'sre idle proces',
        'sre idle procs active',
        'sre idle procs always',
        'keep idle procs',
      ],
    }),
    currentHasDedicatedProcessors: flag('CurrentHasDedicatedProcessors', 'ROR'),
    currentSharingMode: text('CurrentSharingMode', 'ROR'),
    currentDedicatedProcessorConfiguration: nested(
      CurrentDedicatedProcessorConfiguration,
      'CurrentDedicatedProcessorConfiguration',
      'ROR',
    ),
    runtimeHasDedicatedProcessors: flag('RuntimeHasDedicatedProcessors', 'ROR'),
    runtimeSharingMode: text('RuntimeSharingMode', 'ROR'),
    currentSharedProcessorConfiguration: nested(
      CurrentSharedProcessorConfiguration,
      'CurrentSharedProcessorConfiguration',
      'ROR',
    ),
  },
);
export type PartitionProcessorConfiguration = Lens<typeof PartitionProcessorConfiguration>;
