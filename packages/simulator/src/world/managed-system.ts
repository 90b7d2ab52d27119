import type { CoManagement } from './co-management.js';
import type { EnterprisePoolMember } from './enterprise-pool.js';
import type { NetworkBridge } from './network-bridge.js';
import type { AnyPartition, LogicalPartition } from './partition.js';
import type { PersistentMemory } from './persistent-memory.js';
import type { ProcessorPool } from './processor-pool.js';
import type { Registry } from './registry.js';
import type { SriovAdapter } from './sriov.js';
import type { VirtualIOServer } from './vios.js';
import type { VirtualNetwork } from './virtual-network.js';
import type { VirtualSerialNumber } from './virtual-serial-number.js';
import type { VirtualSwitch } from './virtual-switch.js';
import type { Vnic } from './vnic.js';
import type { WwpnPool } from './wwpns.js';

/** Which metrics are collected, and since when (protocol reference 3.24). */
export interface Monitoring {
  /** Epoch milliseconds; undefined while it is off. */
  longTermSince: number | undefined;
  shortTermSince: number | undefined;
  aggregation: boolean;
  compute: boolean;
}

export interface ManagedSystem {
  readonly kind: 'ManagedSystem';
  readonly uuid: string;
  readonly name: string;
  readonly machineType: string;
  readonly model: string;
  readonly serial: string;
  readonly processorUnits: number;
  readonly memoryMb: number;
  /** Memory that the hypervisor keeps for itself. */
  readonly hypervisorMemoryMb: number;
  /** Logical memory block: memory comes in multiples of this. */
  readonly memoryBlockMb: number;
  readonly maximumPartitions: number;
  readonly compatibilityModes: readonly string[];
  /** Children of AssociatedSystemCapabilities that are not absent, by element name. */
  readonly capabilities: Readonly<Record<string, boolean>>;
  readonly partitions: Registry<LogicalPartition>;
  readonly vioses: Registry<VirtualIOServer>;
  readonly switches: Registry<VirtualSwitch>;
  readonly networks: Registry<VirtualNetwork>;
  readonly bridges: Registry<NetworkBridge>;
  readonly wwpns: WwpnPool;
  readonly monitoring: Monitoring;
  readonly sriovAdapters: SriovAdapter[];
  readonly vnics: Vnic[];
  readonly pools: ProcessorPool[];
  readonly coManagement: CoManagement;
  readonly serialNumbers: VirtualSerialNumber[];
  readonly persistentMemory: PersistentMemory;
  /** Its part in a Power enterprise pool; without one all that is installed is activated. */
  poolMember: EnterprisePoolMember | undefined;
}

/** LPARs and VIOSes: partition ids and names are unique over both. */
export function allPartitions(system: ManagedSystem): AnyPartition[] {
  return [...system.partitions, ...system.vioses];
}

/** `U9009.42A.1234567`: the start of every virtual location code (protocol reference 2.7). */
export function systemLocation(system: ManagedSystem): string {
  return `U${system.machineType}.${system.model}.${system.serial}`;
}

/** `9009-42A*1234567` */
export function systemMtms(system: ManagedSystem): string {
  return `${system.machineType}-${system.model}*${system.serial}`;
}
