import { pseudoPciDevices } from './pci-devices.js';
import type { SystemFacts } from './system-facts.js';

/** Size of the store for instance disks, from the disk driver, in GB (LVG-2, SSP-4). */
export interface DiskCapacity {
  readonly totalGb: number;
  readonly usedGb: number;
}

/** Nova's resource dictionary; property names are Nova's. */
export interface AvailableResource {
  readonly vcpus: number;
  readonly vcpus_used: number;
  readonly memory_mb: number;
  readonly memory_mb_used: number;
  readonly local_gb: number;
  readonly local_gb_used: number;
  readonly hypervisor_type: string;
  readonly hypervisor_version: number;
  readonly hypervisor_hostname: string;
  /** JSON text */
  readonly cpu_info: string;
  readonly numa_topology: null;
  readonly supported_instances: readonly (readonly [string, string, string])[];
  /** Values are text (RES-7). */
  readonly stats: Readonly<Record<string, string>>;
  /** JSON text (RES-8) */
  readonly pci_passthrough_devices: string;
}

/**
 * Only the major version, and the same on every host: the conductor refuses to migrate to a lower version, while
 * PowerVM decides by capability (RES-5, L-33).
 */
const hypervisorVersion = 8;

/** What Nova's resource tracker is told about the host (section 3.3). */
export function availableResource(system: SystemFacts, disk: DiskCapacity, host: string): AvailableResource {
  const usedUnits = system.configurableProcessorUnits - system.availableProcessorUnits;
  return {
    vcpus: Math.ceil(system.configurableProcessorUnits),
    vcpus_used: Math.ceil(usedUnits),
    memory_mb: system.configurableMemory,
    memory_mb_used: system.configurableMemory - system.availableMemory,
    local_gb: Math.trunc(disk.totalGb),
    local_gb_used: Math.ceil(disk.usedGb),
    hypervisor_type: 'phyp',
    hypervisor_version: hypervisorVersion,
    hypervisor_hostname: host,
    cpu_info: JSON.stringify({ vendor: 'ibm', arch: 'ppc64' }),
    numa_topology: null,
    supported_instances: [
      ['ppc64', 'phyp', 'hvm'],
      ['ppc64le', 'phyp', 'hvm'],
    ],
    stats: {
      proc_units: system.configurableProcessorUnits.toFixed(2),
      proc_units_used: usedUnits.toFixed(2),
      memory_region_size: String(system.memoryRegionSize),
    },
    pci_passthrough_devices: JSON.stringify(pseudoPciDevices(system.sriovAdapters)),
  };
}
