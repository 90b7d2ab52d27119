import { requireCapacity } from '../capacity.js';
import type { ManagedSystem } from '../managed-system.js';
import { allPartitions } from '../managed-system.js';
import type { LogicalPartition, Partition } from '../partition.js';
import { buildPartition } from '../partition-lifecycle.js';
import { currentSettings } from '../partition-update.js';
import { volumesMb } from '../persistent-memory.js';
import { conflict, Refusal } from '../refusal.js';
import type { World } from '../world.js';
import { type ChannelMove, planChannelMoves } from './channel-move.js';
import { type MemoryVolumeMove, planMemoryVolumeMoves } from './memory-volume-move.js';
import { migrationProblems } from './migration-checks.js';
import { type AdapterMove, planAdapterMoves } from './network-move.js';
import { type BusMove, planBusMoves } from './scsi-move.js';
import { planVnicMoves, type VnicMove, type VnicRequest } from './vnic-move.js';

/** Where one virtual adapter of the partition is to be served (protocol reference 4.5). */
export interface HostRequest {
  readonly clientSlot: number;
  readonly viosName: string | undefined;
  readonly viosId: number | undefined;
  readonly viosSlot: number | undefined;
  /** Fibre Channel only. */
  readonly port: string | undefined;
}

/** The parameters of Migrate and MigrateValidate (protocol reference 4.5). */
export interface MigrationRequest {
  readonly target: ManagedSystem;
  readonly scsi: readonly HostRequest[];
  readonly fibreChannel: readonly HostRequest[];
  /** By MAC address, upper case: the port VLAN and the tagged ones. */
  readonly vlans: ReadonlyMap<string, { readonly portVlan: number; readonly tagged: readonly number[] }>;
  readonly sourceMovers: readonly string[];
  readonly targetMovers: readonly string[];
  readonly poolId: number | undefined;
  readonly vnics: readonly VnicRequest[];
  /** Names that persistent memory volumes shall have on the target, by those they have. */
  readonly memoryVolumes: ReadonlyMap<string, string>;
  readonly allowOtherNetworkHost: boolean;
  readonly skipVlanCheck: boolean;
  readonly checkAffinity: boolean;
}

export interface MigrationPlan {
  readonly target: ManagedSystem;
  /** The partition runs. */
  readonly active: boolean;
  readonly poolId: number;
  readonly buses: readonly BusMove[];
  readonly channels: readonly ChannelMove[];
  readonly adapters: readonly AdapterMove[];
  readonly vnics: readonly VnicMove[];
  readonly memoryVolumes: readonly MemoryVolumeMove[];
}

/** Checks everything and changes nothing. Throws a `Refusal` that names every obstacle. */
export function planMigration(
  world: World,
  partition: LogicalPartition,
  request: MigrationRequest,
): MigrationPlan {
  const active = partition.state === 'running';
  const obstacles = migrationProblems(partition, request, active);
  if (obstacles.fatal.length > 0) throw conflict(obstacles.fatal.join('\n'));
  const buses = planBusMoves(partition, request);
  const channels = planChannelMoves(world, partition, request);
  const adapters = planAdapterMoves(partition, request);
  const vnics = planVnicMoves(partition, request);
  const memoryVolumes = planMemoryVolumeMoves(partition, request);
  const plan: MigrationPlan = {
    target: request.target,
    active,
    poolId: request.poolId ?? poolOnTarget(partition, request.target),
    buses: buses.moves,
    channels: channels.moves,
    adapters: adapters.moves,
    vnics: vnics.moves,
    memoryVolumes: memoryVolumes.moves,
  };
  const problems = [
    ...obstacles.problems,
    ...(obstacles.problems.length > 0 ? [] : roomProblems(world, partition, plan)),
    ...buses.problems,
    ...channels.problems,
    ...adapters.problems,
    ...vnics.problems,
    ...memoryVolumes.problems,
  ];
  if (problems.length > 0) throw conflict(problems.join('\n'));
  return plan;
}

/** The partition as it will stand on the target, not yet part of that system. Throws a `Refusal`. */
export function buildShell(world: World, source: LogicalPartition, plan: MigrationPlan): Partition {
  const { target } = plan;
  const idTaken = allPartitions(target).some(({ id }) => id === source.id);
  const settings = currentSettings(source);
  const shell = buildPartition(world, target, {
    ...settings,
    id: idTaken ? undefined : source.id,
    type: source.type,
    memory: source.memory.current,
    processors: inPool(source.processors.current, plan.poolId),
  });
  shell.memory.pending = { ...source.memory.pending };
  shell.processors.pending = inPool(source.processors.pending, plan.poolId);
  return { ...shell, uuid: source.uuid, memory: shell.memory, processors: shell.processors };
}

function inPool<T extends Partition['processors']['current']>(settings: T, poolId: number): T {
  return settings.mode === 'shared' ? { ...settings, poolId } : settings;
}

/** A pool of the same name, else the default pool. */
function poolOnTarget(partition: LogicalPartition, target: ManagedSystem): number {
  const { pending } = partition.processors;
  if (pending.mode !== 'shared') return 0;
  const name = partition.system.pools[pending.poolId]?.name;
  return target.pools.find((pool) => pool.name === name && (pool.id === 0 || pool.maximumUnits > 0))?.id ?? 0;
}

function roomProblems(world: World, partition: LogicalPartition, plan: MigrationPlan): string[] {
  try {
    const shell = { ...buildShell(world, partition, plan), kind: 'LogicalPartition' } as const;
    requireCapacity(shell, volumesMb(plan.memoryVolumes.map(({ volume }) => volume)));
    return [];
  } catch (error) {
    if (error instanceof Refusal) return [`System ${plan.target.name}: ${error.message}`];
    throw error;
  }
}
