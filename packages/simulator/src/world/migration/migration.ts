import type { ManagedSystem } from '../managed-system.js';
import type { AnyPartition, LogicalPartition, PartitionState } from '../partition.js';
import { conflict } from '../refusal.js';
import type { MigrationPlan } from './migration-plan.js';

/** Protocol reference 3.4. */
export type MigrationState =
  | 'Not_Migrating'
  | 'Migration_Starting'
  | 'Migration_In_Progress'
  | 'Migration_Failed';

/** Shell and adapters on the target, memory, the change of place, the removal from the source. */
export const migrationPhases = ['prepare', 'transfer', 'switch', 'clean-up'] as const;
export type MigrationPhase = (typeof migrationPhases)[number];

/** A partition on its way to another system: both partitions point here. */
export interface Migration {
  readonly plan: MigrationPlan;
  readonly source: LogicalPartition;
  /** The same partition on the target system. */
  readonly shell: LogicalPartition;
  /** State that the partition had before and will have again. */
  readonly before: PartitionState;
  state: Exclude<MigrationState, 'Not_Migrating'>;
  phase: MigrationPhase;
  abortRequested: boolean;
  readonly totalMb: number;
  remainingMb: number;
}

/** MaximumActiveMigrations and MaximumInactiveMigrations (capture sys_with_sriov.txt). */
export const MAXIMUM_MIGRATIONS = 16;

export const migrationState = (partition: AnyPartition): MigrationState =>
  partition.migration?.state ?? 'Not_Migrating';

/** Partitions that are coming or going. */
export function migrationsOf(system: ManagedSystem, active: boolean): Migration[] {
  return [...system.partitions].flatMap(({ migration }) =>
    migration !== undefined && migration.plan.active === active ? [migration] : [],
  );
}

/** Throws a `Refusal` while the partition is on its way. */
export function requireSettled(partition: AnyPartition): void {
  if (partition.migration === undefined) return;
  throw conflict(
    `HSCL05DF Partition ${partition.name} is ${partition.state} (${partition.migration.state}); nothing else can be done with it.`,
  );
}
