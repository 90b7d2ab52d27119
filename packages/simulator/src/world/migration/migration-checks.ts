import { allPartitions, type ManagedSystem } from '../managed-system.js';
import type { LogicalPartition } from '../partition.js';
import { logicalPortsOf } from '../sriov.js';
import type { VirtualIOServer } from '../vios.js';
import { MAXIMUM_MIGRATIONS, migrationsOf } from './migration.js';
import type { MigrationRequest } from './migration-plan.js';

/** What stands in the way. With a fatal problem nothing else can be looked at. */
export interface Obstacles {
  readonly fatal: readonly string[];
  readonly problems: readonly string[];
}

/** Everything but storage, networks and room (protocol reference 8.15 and IBM's validation tables). */
export function migrationProblems(
  partition: LogicalPartition,
  request: MigrationRequest,
  active: boolean,
): Obstacles {
  const fatal = fatalProblems(partition, request.target);
  if (fatal.length > 0) return { fatal, problems: [] };
  const problems = [
    ...guestProblems(partition, request.target, active),
    ...physicalProblems(partition),
    ...systemProblems(partition, request, active),
    ...(active ? moverProblems(partition.system, request.sourceMovers) : []),
    ...(active ? moverProblems(request.target, request.targetMovers) : []),
    ...poolProblems(request),
  ];
  return { fatal, problems };
}

function fatalProblems(partition: LogicalPartition, target: ManagedSystem): string[] {
  const { name, state } = partition;
  if (target === partition.system) return [`Partition ${name} is on system ${target.name} already.`];
  if (partition.isManagement) return [`The management partition ${name} cannot be migrated.`];
  if (partition.migration !== undefined)
    return [`Partition ${name} is already being migrated (${partition.migration.state}).`];
  if (state !== 'running' && state !== 'not activated')
    return [`HSCL05DF Partition ${name} cannot be migrated in state ${state}.`];
  const twin = allPartitions(target).find((other) => other.uuid === partition.uuid || other.name === name);
  return twin === undefined
    ? []
    : [`System ${target.name} already has a partition ${twin.name} with UUID ${twin.uuid}.`];
}

/** The guest must be able to take part: RMC for AIX and Linux, restricted I/O for IBM i. */
function guestProblems(partition: LogicalPartition, target: ManagedSystem, active: boolean): string[] {
  if (!active) return [];
  const { name, rmc, system } = partition;
  if (partition.type !== 'OS400')
    return rmc === 'active' ? [] : [`The RMC connection of partition ${name} is ${rmc}.`];
  const problems = [system, target]
    .filter((each) => each.capabilities['IBMiLogicalPartitionMobilityCapable'] !== true)
    .map((each) => `System ${each.name} cannot migrate IBM i partitions.`);
  if (partition.stored.get('isRestrictedIOPartition') !== true)
    problems.push(`IBM i partition ${name} is not restricted to virtual I/O.`);
  return problems;
}

function physicalProblems(partition: LogicalPartition): string[] {
  return logicalPortsOf(partition).map(
    ({ number, port }) =>
      `Partition ${partition.name} has SR-IOV logical port ${number} of ${port.location}; physical I/O cannot migrate.`,
  );
}

function systemProblems(
  partition: LogicalPartition,
  { target, checkAffinity }: MigrationRequest,
  active: boolean,
): string[] {
  const { system } = partition;
  const kind = active ? 'Active' : 'Inactive';
  const problems = [system, target].flatMap((each) => {
    const found: string[] = [];
    if (each.capabilities[`${kind}LogicalPartitionMobilityCapable`] !== true)
      found.push(`System ${each.name} is not capable of ${kind.toLowerCase()} partition migration.`);
    if (migrationsOf(each, active).length >= MAXIMUM_MIGRATIONS)
      found.push(
        `System ${each.name} already has its maximum of ${MAXIMUM_MIGRATIONS} migrations in progress.`,
      );
    return found;
  });
  if (system.memoryBlockMb !== target.memoryBlockMb)
    problems.push(
      `The logical memory block of ${system.name} is ${system.memoryBlockMb} MB, that of ${target.name} ${target.memoryBlockMb} MB.`,
    );
  const modes = new Set([partition.pendingCompatibilityMode, partition.currentCompatibilityMode]);
  for (const mode of modes) {
    if (!target.compatibilityModes.includes(mode))
      problems.push(`System ${target.name} does not support processor compatibility mode ${mode}.`);
  }
  if (checkAffinity) problems.push('The systems cannot compare affinity scores.');
  return problems;
}

/** Memory moves between mover service partitions: one on each side, or exactly those that were named. */
function moverProblems(system: ManagedSystem, addresses: readonly string[]): string[] {
  const movers = [...system.vioses].filter(isMover);
  if (movers.length === 0)
    return [`System ${system.name} has no mover service partition with an RMC connection.`];
  return addresses
    .filter((address) => !movers.some((vios) => vios.rmcAddress === address))
    .map((address) => `No mover service partition of system ${system.name} has the address ${address}.`);
}

const isMover = (vios: VirtualIOServer): boolean =>
  vios.moverServicePartition && vios.state === 'running' && vios.rmc === 'active';

function poolProblems({ target, poolId }: MigrationRequest): string[] {
  if (poolId === undefined || poolId === 0) return [];
  const pool = target.pools[poolId];
  return pool === undefined || pool.maximumUnits === 0
    ? [`System ${target.name} has no shared processor pool ${poolId}.`]
    : [];
}
