import type { NovaOptions } from '../contract/index.js';
import type { DiskCapacity } from './resources.js';
import type { SystemFacts } from './system-facts.js';

/** Placement inventory of one resource class; property names are Placement's. */
export interface InventoryRecord {
  readonly total: number;
  readonly min_unit: number;
  readonly max_unit: number;
  readonly step_size: number;
  readonly reserved: number;
  readonly allocation_ratio: number;
}

export interface Inventory {
  readonly resources: {
    readonly VCPU: InventoryRecord;
    readonly MEMORY_MB: InventoryRecord;
    readonly DISK_GB: InventoryRecord;
  };
  /** Traits of the host itself; Nova adds those of the capability flags (PLC-6). */
  readonly traits: readonly string[];
}

/** Allocation ratios that Placement holds already, by resource class; absent: a new inventory. */
export type CurrentRatios = Readonly<Partial<Record<keyof Inventory['resources'], number>>>;

/**
 * Partition memory is dedicated, so nothing may be promised twice. Nova's own initial value of 1.5 is wrong here
 * and is not used; an operator who sets `ram_allocation_ratio` still has his way (PLC-4).
 */
const initialMemoryRatio = 1;

/** Inventories and traits for the compute node's provider (section 3.4). */
export function inventoryOf(
  system: SystemFacts,
  disk: DiskCapacity,
  nova: NovaOptions,
  current: CurrentRatios = {},
): Inventory {
  const cpuRatio = nova.cpu_allocation_ratio ?? current.VCPU ?? nova.initial_cpu_allocation_ratio;
  const memoryRatio = nova.ram_allocation_ratio ?? current.MEMORY_MB ?? initialMemoryRatio;
  const diskRatio = nova.disk_allocation_ratio ?? current.DISK_GB ?? nova.initial_disk_allocation_ratio;
  const reservedDiskGb = Math.ceil(nova.reserved_host_disk_mb / 1024);
  return {
    resources: {
      VCPU: record(Math.ceil(system.configurableProcessorUnits), nova.reserved_host_cpus, cpuRatio),
      MEMORY_MB: record(system.configurableMemory, nova.reserved_host_memory_mb, memoryRatio),
      DISK_GB: record(Math.trunc(disk.totalGb), reservedDiskGb, diskRatio),
    },
    traits: traitsOf(system),
  };
}

function record(total: number, reserved: number, ratio: number): InventoryRecord {
  return {
    total,
    min_unit: 1,
    max_unit: total,
    step_size: 1,
    reserved: Math.min(reserved, total),
    allocation_ratio: ratio,
  };
}

/**
 * Standard traits where os-traits has one, else our own: Placement creates a trait by name only below CUSTOM_
 * (PLC-6).
 */
export function traitsOf({ compatibilityModes, capabilities }: SystemFacts): readonly string[] {
  const own: [string, boolean][] = [
    ['SIMPLIFIED_REMOTE_RESTART', capabilities.simplifiedRemoteRestart],
    ['SECURE_BOOT', capabilities.secureBoot],
    ['AFFINITY_CHECK', capabilities.affinityCheck],
    ['PHYSICAL_PAGE_TABLE_RATIO', capabilities.physicalPageTableRatio],
    ['IBMI_MOBILITY', capabilities.ibmiMobility],
  ];
  const modes = compatibilityModes.filter((mode) => mode !== 'default').map((mode) => `COMPAT_${mode}`);
  const names = [...modes, ...own.filter(([, has]) => has).map(([name]) => name)];
  const custom = names.map((name) => `CUSTOM_POWERVM_${name.toUpperCase().replace(/[^A-Z0-9_]/g, '_')}`);
  return ['HW_ARCH_PPC64', 'HW_ARCH_PPC64LE', ...custom];
}
