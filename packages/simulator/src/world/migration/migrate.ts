import { added, modified } from '../changes.js';
import type { LogicalPartition } from '../partition.js';
import { conflict } from '../refusal.js';
import { connectRmc } from '../rmc.js';
import type { World } from '../world.js';
import { makeChannels } from './channel-move.js';
import { makeMemoryVolumes } from './memory-volume-move.js';
import type { Migration, MigrationPhase } from './migration.js';
import { finish, takeBack } from './migration-end.js';
import { buildShell, type MigrationPlan } from './migration-plan.js';
import { makeAdapters } from './network-move.js';
import { makeBuses } from './scsi-move.js';
import { makeVnics } from './vnic-move.js';

const STEPS = 10;

/** Who watches a migration. */
export interface MigrationWatch {
  /** Called at the start of each phase; what it throws is a failure of that phase. */
  readonly checkpoint: (phase: MigrationPhase) => void;
  /** 0 to 1. */
  readonly progress: (fraction: number) => void;
}

/** Resolves when the partition is on the target and gone from the source. Throws a `Refusal`. */
export async function migrate(
  world: World,
  partition: LogicalPartition,
  plan: MigrationPlan,
  watch: MigrationWatch,
): Promise<LogicalPartition> {
  const migration = start(world, partition, plan);
  const enter = (phase: MigrationPhase): void => {
    migration.phase = phase;
    watch.checkpoint(phase);
  };
  try {
    enter('prepare');
    await pause(world, migration);
    prepare(world, migration);
  } catch (error) {
    takeBack(world, migration);
    throw error;
  }
  try {
    enter('transfer');
    await transfer(world, migration, watch);
    enter('switch');
    takeOver(world, migration);
    enter('clean-up');
    await pause(world, migration);
    finish(world, migration);
    return migration.shell;
  } catch (error) {
    if (migration.abortRequested) takeBack(world, migration);
    else setState(world, migration, 'Migration_Failed');
    throw error;
  }
}

function start(world: World, source: LogicalPartition, plan: MigrationPlan): Migration {
  const state = plan.active ? 'migrating running' : 'migrating not active';
  const shell: LogicalPartition = { ...buildShell(world, source, plan), kind: 'LogicalPartition', state };
  const totalMb = plan.active ? source.memory.current.desired : 0;
  const migration: Migration = {
    plan,
    source,
    shell,
    before: source.state,
    state: 'Migration_Starting',
    phase: 'prepare',
    abortRequested: false,
    totalMb,
    remainingMb: totalMb,
  };
  source.state = state;
  source.migration = migration;
  shell.migration = migration;
  plan.target.partitions.add(shell);
  added(world, shell);
  modified(world, plan.target, 'Other');
  modified(world, source, 'PartitionState,Other');
  return migration;
}

function prepare(world: World, { plan, shell }: Migration): void {
  makeAdapters(world, shell, plan.adapters);
  makeBuses(world, shell, plan.buses);
  makeChannels(world, shell, plan.channels);
  makeVnics(world, shell, plan.vnics);
  makeMemoryVolumes(world, shell, plan.memoryVolumes);
  modified(world, shell, 'Other');
}

async function transfer(world: World, migration: Migration, watch: MigrationWatch): Promise<void> {
  setState(world, migration, 'Migration_In_Progress');
  for (let step = 1; step <= STEPS; step += 1) {
    await pause(world, migration);
    migration.remainingMb = Math.round((migration.totalMb * (STEPS - step)) / STEPS);
    announce(world, migration, 'Other');
    watch.progress((0.9 * step) / STEPS);
  }
}

/** One tenth of the time that memory takes. Throws a `Refusal` when the migration is aborted or its guest is gone. */
async function pause(world: World, migration: Migration): Promise<void> {
  await world.clock.sleep(world.timing.migrateMs / STEPS);
  const { source, abortRequested } = migration;
  if (abortRequested) throw conflict(`The migration of partition ${source.name} was stopped.`);
  if (source.state !== migration.shell.state)
    throw conflict(`Partition ${source.name} became ${source.state} while it was migrated.`);
}

/** From here on the guest is on the target: there is no way back. */
function takeOver(world: World, { source, shell, plan }: Migration): void {
  Object.assign(shell, {
    operatingSystem: source.operatingSystem,
    bootMode: source.bootMode,
    bootString: source.bootString,
    currentCompatibilityMode: source.currentCompatibilityMode,
    secureBoot: { ...source.secureBoot },
    referenceCode: source.referenceCode,
    activatedAt: source.activatedAt,
    loads: [...source.loads],
    nvram: source.nvram,
    keylock: source.keylock,
  });
  shell.memory.runtimeMb = source.memory.runtimeMb;
  if (plan.active) connectRmc(world, shell);
  modified(world, shell, 'NVRAM,Other');
}

function setState(world: World, migration: Migration, state: Migration['state']): void {
  migration.state = state;
  announce(world, migration, 'Other');
}

function announce(world: World, { source, shell }: Migration, detail: string): void {
  modified(world, source, detail);
  modified(world, shell, detail);
}
