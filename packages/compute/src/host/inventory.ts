import type { DiskCapacity } from './resources.js';
import type { SystemFacts } from './system-facts.js';

/** Amount of one resource class; Nova's plug-in adds reserved amounts and allocation ratios (PLC-1, PLC-2). */
export interface InventoryRecord {
  readonly total: number;
  readonly maxUnit: number;
  readonly minUnit: number;
  readonly stepSize: number;
}

/** Inventories and traits of the compute node's provider. */
export interface Inventory {
  readonly VCPU: InventoryRecord;
  readonly MEMORY_MB: InventoryRecord;
  readonly DISK_GB: InventoryRecord;
  /** Traits that this driver owns and the host has (PLC-6). */
  readonly traits: string[];
  /** Traits that this driver owns and the host does not have; removed where an earlier report set them. */
  readonly absentTraits: string[];
}

/** What Placement is told about the host (section 3.4). */
export function inventoryOf(system: SystemFacts, disk: DiskCapacity): Inventory {
  return {
    VCPU: record(Math.ceil(system.configurableProcessorUnits)),
    MEMORY_MB: record(system.configurableMemory),
    DISK_GB: record(Math.trunc(disk.totalGb)),
    ...traitsOf(system),
  };
}

function record(total: number): InventoryRecord {
  return { total, maxUnit: total, minUnit: 1, stepSize: 1 };
}

/** Compatibility modes a system may offer (protocol reference 3.3). */
const knownModes = [
  'POWER6',
  'POWER6_Plus',
  'POWER6_Plus_Enhanced',
  'POWER7',
  'POWER8',
  'POWER8_Enhanced',
  'POWER9_Base',
  'POWER9',
  'POWER9_Enhanced',
  'POWER10',
  'POWER10_Enhanced',
  'POWER11',
  'POWER11_Enhanced',
];

/**
 * Standard traits where os-traits has one, else our own: Placement creates a trait by name only below CUSTOM_
 * (PLC-6).
 */
function traitsOf(system: SystemFacts): Pick<Inventory, 'traits' | 'absentTraits'> {
  const { capabilities, compatibilityModes } = system;
  const offered = compatibilityModes.filter((mode) => mode !== 'default');
  const owned = new Map<string, boolean>([
    ['HW_ARCH_PPC64', true],
    ['HW_ARCH_PPC64LE', true],
    ...knownModes.map((mode) => [modeTrait(mode), offered.includes(mode)] as const),
    ...offered.map((mode) => [modeTrait(mode), true] as const),
    ['CUSTOM_POWERVM_SIMPLIFIED_REMOTE_RESTART', capabilities.simplifiedRemoteRestart],
    ['CUSTOM_POWERVM_SECURE_BOOT', capabilities.secureBoot],
    ['CUSTOM_POWERVM_AFFINITY_CHECK', capabilities.affinityCheck],
    ['CUSTOM_POWERVM_PHYSICAL_PAGE_TABLE_RATIO', capabilities.physicalPageTableRatio],
    ['CUSTOM_POWERVM_IBMI_MOBILITY', capabilities.ibmiMobility],
  ]);
  const withPresence = (present: boolean): string[] =>
    [...owned].filter(([, has]) => has === present).map(([trait]) => trait);
  return { traits: withPresence(true), absentTraits: withPresence(false) };
}

function modeTrait(mode: string): string {
  return `CUSTOM_POWERVM_COMPAT_${mode.toUpperCase().replace(/[^A-Z0-9_]/g, '_')}`;
}
