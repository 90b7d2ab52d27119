import type { ClientNetworkAdapter } from './client-network-adapter.js';
import type { GivenLoad } from './load.js';
import { allPartitions, type ManagedSystem, systemLocation } from './managed-system.js';
import type { PartitionMemory } from './memory.js';
import type { Migration } from './migration/migration.js';
import type { PartitionProcessors } from './processors.js';
import { Random } from './random.js';
import type { Registry } from './registry.js';
import type { SlotTable } from './slots.js';
import type { VirtualIOServer } from './vios.js';

/** Protocol reference 3.3. */
export const partitionStates = [
  'error',
  'not activated',
  'not available',
  'open firmware',
  'running',
  'shutting down',
  'starting',
  'migrating not active',
  'migrating running',
  'hardware discovery',
  'suspended',
  'suspending',
  'resuming',
  'Unknown',
] as const;
export type PartitionState = (typeof partitionStates)[number];

export const partitionTypes = ['AIX/Linux', 'OS400', 'Virtual IO Server'] as const;
export type PartitionType = (typeof partitionTypes)[number];

export type RmcState = 'active' | 'inactive' | 'none' | 'unknown' | 'busy';

export type StoredValue = string | number | boolean;

/** What LPARs and VIOSes have in common (protocol reference 3.3). */
export interface Partition {
  readonly system: ManagedSystem;
  /** Upper case. Changes only when a partition takes over the UUID of another. */
  uuid: string;
  readonly id: number;
  name: string;
  readonly type: PartitionType;
  state: PartitionState;
  rmc: RmcState;
  rmcAddress: string | undefined;
  readonly memory: PartitionMemory;
  readonly processors: PartitionProcessors;
  readonly slots: SlotTable;
  readonly adapters: Registry<ClientNetworkAdapter>;
  readonly isManagement: boolean;
  operatingSystem: string;
  bootMode: string;
  keylock: string;
  /** `BootString` that the last PowerOn named. */
  bootString: string | undefined;
  availabilityPriority: number;
  performanceCollection: boolean;
  pendingCompatibilityMode: string;
  currentCompatibilityMode: string;
  remoteRestart: boolean;
  secureBoot: { pending: number; current: number };
  referenceCode: string;
  /** Epoch milliseconds of the last activation. */
  activatedAt: number | undefined;
  /** What its guest was told to do, the oldest first. */
  readonly loads: GivenLoad[];
  /** What a client wrote; without it the firmware's own. */
  nvram: string | undefined;
  readonly serialNumber: string;
  /** Settable values that change nothing in the simulation, by property name of the client's declaration. */
  readonly stored: Map<string, StoredValue>;
  /** Grows with every change that is visible in the partition's document. */
  revision: number;
  /** Set while it moves from one system to another, in both of them. */
  migration: Migration | undefined;
  /** Calls off what is under way: a boot, a shutdown, an RMC connection. */
  readonly pendingActions: Set<() => void>;
  readonly createdAt: number;
}

export interface LogicalPartition extends Partition {
  readonly kind: 'LogicalPartition';
}

export type AnyPartition = LogicalPartition | VirtualIOServer;

/** 20 KB that firmware would have written: made when asked for, since a thousand partitions have one each. */
export const nvramOf = ({ nvram, uuid }: Partition): string =>
  nvram ?? Buffer.from(new Random(`nvram/${uuid}`).hex(15_000)).toString('base64');

export const isOff = (partition: Partition): boolean =>
  partition.state === 'not activated' || partition.state === 'error' || partition.state === 'not available';

/** `U9009.42A.1234567-V5-C7`: a virtual slot of the partition (protocol reference 2.7). */
export function slotLocation(partition: Partition, slot: number): string {
  return `${systemLocation(partition.system)}-V${partition.id}-C${slot}`;
}

export function partitionById(system: ManagedSystem, id: number): AnyPartition | undefined {
  return allPartitions(system).find((partition) => partition.id === id);
}
