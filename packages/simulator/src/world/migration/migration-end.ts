import { deleted, modified } from '../changes.js';
import type { LogicalPartition } from '../partition.js';
import { interrupt } from '../power.js';
import { conflict } from '../refusal.js';
import { serialNumberOf } from '../virtual-serial-number.js';
import type { World } from '../world.js';
import { removeChannels } from './channel-move.js';
import { removeMemoryVolumes } from './memory-volume-move.js';
import type { Migration } from './migration.js';
import { removeAdapters } from './network-move.js';
import { removeBuses } from './scsi-move.js';
import { removeVnics } from './vnic-move.js';

/** The partition stays where it was; nothing is left on the target. */
export function takeBack(world: World, migration: Migration): void {
  const { source, before } = migration;
  remove(world, migration.shell);
  if (source.state === migration.shell.state) source.state = before;
  source.migration = undefined;
  modified(world, source, 'PartitionState,Other');
}

/** The partition belongs to the target; nothing is left on the source. */
export function finish(world: World, { source, shell, before }: Migration): void {
  moveSerialNumber(source, shell);
  remove(world, source);
  shell.state = before;
  shell.migration = undefined;
  modified(world, shell, 'PartitionState,Other');
}

function moveSerialNumber(source: LogicalPartition, shell: LogicalPartition): void {
  const serial = serialNumberOf(source);
  if (serial === undefined) return;
  serial.partition = shell;
  source.system.serialNumbers.splice(source.system.serialNumbers.indexOf(serial), 1);
  shell.system.serialNumbers.push(serial);
}

/** MigrateAbort: only memory can be stopped on its way. Throws a `Refusal`. */
export function abortMigration(partition: LogicalPartition): void {
  const { migration } = partition;
  if (migration === undefined) throw conflict(`Partition ${partition.name} is not being migrated.`);
  if (migration.state === 'Migration_Failed')
    throw conflict(`The migration of partition ${partition.name} has failed; it must be recovered.`);
  if (migration.phase === 'switch' || migration.phase === 'clean-up')
    throw conflict(`The migration of partition ${partition.name} can no longer be stopped.`);
  migration.abortRequested = true;
}

/** MigrateRecover: back to the source, or on to the target when the guest runs there already. Throws a `Refusal`. */
export function recoverMigration(world: World, partition: LogicalPartition, force: boolean): void {
  const { migration } = partition;
  if (migration === undefined) throw conflict(`Partition ${partition.name} needs no recovery.`);
  if (migration.state !== 'Migration_Failed')
    throw conflict(`The migration of partition ${partition.name} is still in progress.`);
  const forward = migration.phase === 'clean-up';
  const leaving = forward ? migration.source : migration.shell;
  const deaf = leaving.system.vioses.find(
    ({ state, rmc, isManagement }) => state !== 'running' || (rmc !== 'active' && !isManagement),
  );
  if (deaf !== undefined && !force)
    throw conflict(
      `VIOS ${deaf.name} of system ${leaving.system.name} cannot be reached; force the recovery.`,
    );
  if (forward) finish(world, migration);
  else takeBack(world, migration);
}

function remove(world: World, partition: LogicalPartition): void {
  interrupt(partition);
  removeBuses(world, partition);
  removeChannels(world, partition);
  removeAdapters(world, partition);
  removeVnics(world, partition);
  removeMemoryVolumes(world, partition);
  const { system } = partition;
  system.partitions.delete(partition);
  partition.migration = undefined;
  deleted(world, partition);
  modified(world, system, 'Other');
}
