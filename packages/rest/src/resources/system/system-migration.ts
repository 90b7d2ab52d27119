import { element } from '../../schema/declare.js';
import { flag, integer } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Limits of live partition migration. */
export const SystemMigrationInformation = element(
  'SystemMigrationInformation',
  { evidence: 'protocol reference 3.2; captures managedsystem.txt, sys_with_sriov.txt' },
  {
    maximumInactiveMigrations: integer('MaximumInactiveMigrations', 'ROR'),
    maximumActiveMigrations: integer('MaximumActiveMigrations', 'ROR'),
    numberOfInactiveMigrationsInProgress: integer('NumberOfInactiveMigrationsInProgress', 'ROR'),
    numberOfActiveMigrationsInProgress: integer('NumberOfActiveMigrationsInProgress', 'ROR'),
    maximumFirmwareActiveMigrations: integer('MaximumFirmwareActiveMigrations', 'ROR'),
    logicalPartitionAffinityCheckCapable: flag('LogicalPartitionAffinityCheckCapable', 'ROR', {
      since: 'V1_9_0',
    }),
    logicalPartitionPersistentMemoryMigrationCapable: flag(
      'LogicalPartitionPersistentMemoryMigrationCapable',
      'unseen',
    ),
  },
);
export type SystemMigrationInformation = Lens<typeof SystemMigrationInformation>;
