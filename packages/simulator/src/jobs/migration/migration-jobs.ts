import { migrate } from '../../world/migration/migrate.js';
import { migrationPhases } from '../../world/migration/migration.js';
import { abortMigration, recoverMigration } from '../../world/migration/migration-end.js';
import { type MigrationPlan, planMigration } from '../../world/migration/migration-plan.js';
import type { LogicalPartition } from '../../world/partition.js';
import { conflict, invalid } from '../../world/refusal.js';
import type { JobKind, JobRun } from '../job-kind.js';
import { peerSystem } from '../peer-system.js';
import { partitionOf } from '../power-jobs.js';
import { migrationParameters, readMigration } from './migration-parameters.js';

const group = 'LogicalPartition';
const of = 'object';

/** Partition mobility (protocol reference 4.3, 4.5, 8.15). */
export const migrationJobs: readonly JobKind[] = [
  { group, operation: 'MigrateValidate', of, parameters: migrationParameters, run: runValidate },
  {
    group,
    operation: 'Migrate',
    of,
    parameters: migrationParameters,
    phases: ['validate', ...migrationPhases],
    run: runMigrate,
  },
  { group, operation: 'MigrateAbort', of, parameters: {}, run: runAbort },
  {
    group,
    operation: 'MigrateRecover',
    of,
    parameters: {
      Force: ['true', 'false'],
      TargetRemoteHMCIPAddress: 'any',
      TargetRemoteHMCUserID: 'any',
    },
    run: runRecover,
  },
];

async function runValidate(run: JobRun): Promise<Record<string, string>> {
  const partition = mobilePartition(run);
  const { target } = planFor(run, partition);
  return { result: `Partition ${partition.name} can be migrated to system ${target.name}.` };
}

async function runMigrate(run: JobRun): Promise<Record<string, string>> {
  run.checkpoint('validate');
  const partition = mobilePartition(run);
  const plan = planFor(run, partition);
  const { id, system } = await migrate(run.world, partition, plan, run);
  return { result: `Partition ${partition.name} is partition ${id} of system ${system.name} now.` };
}

async function runAbort(run: JobRun): Promise<Record<string, string>> {
  const partition = mobilePartition(run);
  if (partition.migration?.shell === partition)
    throw conflict(`The migration of partition ${partition.name} can only be stopped from its source.`);
  abortMigration(partition);
  return {};
}

async function runRecover(run: JobRun): Promise<Record<string, string>> {
  recoverMigration(run.world, mobilePartition(run), run.parameters.get('Force') === 'true');
  return {};
}

function planFor(run: JobRun, partition: LogicalPartition): MigrationPlan {
  const { parameters } = run;
  const name = parameters.get('TargetManagedSystemName');
  if (name === undefined) throw invalid('Parameter TargetManagedSystemName is missing.');
  const target = peerSystem(run.console, {
    name,
    address: parameters.get('TargetRemoteHMCIPAddress') ?? '',
    user: parameters.get('TargetRemoteHMCUserID') ?? '',
  });
  return planMigration(run.world, partition, readMigration(target, parameters));
}

function mobilePartition(run: JobRun): LogicalPartition {
  const partition = partitionOf(run);
  if (partition.kind !== 'LogicalPartition') throw conflict(`VIOS ${partition.name} cannot be migrated.`);
  // A console that manages both systems finds the partition twice.
  const source = partition.migration?.source;
  return source !== undefined && run.console.systems.includes(source.system) ? source : partition;
}
