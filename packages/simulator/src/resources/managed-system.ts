import {
  AssociatedSystemCapabilities,
  ManagedSystem as Declaration,
  type Init,
} from '@openstack-powervm/rest';
import {
  activatedMemoryMb,
  activatedUnits,
  availableMemory,
  availableUnits,
  usedMemoryMb,
  usedUnits,
} from '../world/capacity.js';
import { pathOf } from '../world/changes.js';
import type { ManagedSystem } from '../world/managed-system.js';
import { MAXIMUM_MIGRATIONS, migrationsOf } from '../world/migration/migration.js';
import { isPersistentMemoryCapable } from '../world/persistent-memory.js';
import { updateSriovAdapters } from '../world/sriov-lifecycle.js';
import { systemMemoryConfiguration } from './persistent-memory.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';
import { readSriovAdapters, sriovAdapterView } from './sriov-view.js';

type View = Init<typeof Declaration>;

/** Protocol reference 3.2; capture sys_with_sriov.txt. */
export const managedSystem: ResourceKind<ManagedSystem, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [{ parent: undefined, list: (console) => console.systems }],
  identity: (system) => ({ id: system.uuid, createdAt: 0 }),
  view,
  update: (call, system, posted) => updateSriovAdapters(call.world, system, readSriovAdapters(posted)),
  quick: {
    State: () => 'operating',
    SystemName: (system) => system.name,
    IPAddress: () => '127.0.0.1',
    MemoryDefragmentationState: () => 'Not_Mirrored',
    MTMS: (system) => `${system.machineType}-${system.model}*${system.serial}`,
    PhysicalSystemAttentionLEDState: () => false,
  },
};

function view(system: ManagedSystem, context: ViewContext): View {
  const { href } = context;
  const { master, controller } = system.coManagement;
  return {
    associatedIPLConfiguration: { powerOffWhenLastLogicalPartitionIsShutdown: false },
    associatedLogicalPartitions: system.partitions.map((partition) => href(pathOf(partition))),
    associatedReservedStorageDevicePool: '',
    associatedSystemCapabilities: capabilitiesView(system),
    associatedSystemIOConfiguration: ioView(system, context),
    associatedSystemMemoryConfiguration: memoryView(system),
    associatedSystemProcessorConfiguration: processorView(system, context),
    associatedSystemVirtualStorage: {},
    associatedVirtualIOServers: system.vioses.map((vios) => href(pathOf(vios))),
    machineTypeModelAndSerialNumber: {
      machineType: system.machineType,
      model: system.model,
      serialNumber: system.serial,
    },
    manufacturingDefaultConfigurationEnabled: false,
    maximumPartitions: system.maximumPartitions,
    primaryIPAddress: '127.0.0.1',
    state: 'operating',
    systemName: system.name,
    systemMigrationInformation: {
      maximumInactiveMigrations: MAXIMUM_MIGRATIONS,
      maximumActiveMigrations: MAXIMUM_MIGRATIONS,
      numberOfInactiveMigrationsInProgress: migrationsOf(system, false).length,
      numberOfActiveMigrationsInProgress: migrationsOf(system, true).length,
      logicalPartitionAffinityCheckCapable: false,
      logicalPartitionPersistentMemoryMigrationCapable: isPersistentMemoryCapable(system)
        ? system.persistentMemory.migration
        : undefined,
    },
    referenceCode: '00000000',
    isPowerVMManagementMaster: master.holder === context.console.kind,
    isPowerVMManagementController: controller.holder === context.console.kind,
    isManagementPartitionPowerVMManagementMaster: master.holder === 'NovaLink',
    isManagementPartitionPowerVMManagementController: controller.holder === 'NovaLink',
    isHMCPowerVMManagementMaster: master.holder === 'HMC',
    isHMCPowerVMManagementController: controller.holder === 'HMC',
    associatedGroups: '',
    associatedTasks: '',
    associatedPersistentMemoryConfiguration: systemMemoryConfiguration(system),
  };
}

/** Site files name capabilities by element; the declaration knows the properties. */
function capabilitiesView(system: ManagedSystem): NonNullable<View['associatedSystemCapabilities']> {
  const present = Object.entries(AssociatedSystemCapabilities.fields).flatMap(([property, field]) => {
    const capable = system.capabilities[field.wire];
    if (capable === undefined) return [];
    return [[property, field.kind === 'text' ? (capable ? 'Active' : 'Inactive') : capable] as const];
  });
  // Properties and value types come from the declaration itself, which the compiler cannot see through entries().
  return Object.fromEntries(present) as NonNullable<View['associatedSystemCapabilities']>;
}

/** Without SystemNetwork a server sends the element empty (protocol reference 2.10). */
function ioView(system: ManagedSystem, context: ViewContext): View['associatedSystemIOConfiguration'] {
  const links = (objects: Iterable<Parameters<typeof pathOf>[0]>): string[] =>
    [...objects].map((object) => context.href(pathOf(object)));
  const network = {
    networkBridges: links(system.bridges),
    virtualNetworks: links(system.networks),
    virtualSwitches: links(system.switches),
  };
  return {
    availableWWPNs: system.wwpns.available,
    hostEthernetAdapters: '',
    ioAdapters: [],
    ioBuses: [],
    ioSlots: [],
    sriovAdapters: system.sriovAdapters.map((adapter) => ({ sriovAdapter: sriovAdapterView(adapter) })),
    associatedSystemVirtualNetwork: context.wants('SystemNetwork') ? network : {},
    wwpnPrefix: system.wwpns.decimalPrefix,
  };
}

function memoryView(system: ManagedSystem): View['associatedSystemMemoryConfiguration'] {
  const available = availableMemory(system);
  const block = system.memoryBlockMb;
  return {
    // What was not returned to a Power enterprise pool is still there.
    configurableSystemMemory: Math.max(activatedMemoryMb(system), usedMemoryMb(system)),
    currentAvailableSystemMemory: available,
    currentLogicalMemoryBlockSize: block,
    defaultHardwarePageTableRatio: 6,
    defaultPhysicalPageTableRatio: 6,
    installedSystemMemory: system.memoryMb,
    maximumMemoryPoolCount: 1,
    memoryRegionSize: block,
    memoryUsedByHypervisor: system.hypervisorMemoryMb,
    pendingAvailableSystemMemory: available,
    pendingLogicalMemoryBlockSize: block,
    pendingMemoryRegionSize: block,
    sharedMemoryPool: '',
  };
}

function processorView(
  system: ManagedSystem,
  context: ViewContext,
): View['associatedSystemProcessorConfiguration'] {
  const available = availableUnits(system);
  return {
    configurableSystemProcessorUnits: Math.max(activatedUnits(system), usedUnits(system)),
    currentAvailableSystemProcessorUnits: available,
    currentMaximumProcessorsPerAIXOrLinuxPartition: 64,
    currentMaximumProcessorsPerIBMiPartition: 64,
    currentMaximumAllowedProcessorsPerPartition: 256,
    currentMaximumProcessorsPerVirtualIOServerPartition: 64,
    currentMaximumVirtualProcessorsPerAIXOrLinuxPartition: 64,
    currentMaximumVirtualProcessorsPerIBMiPartition: 64,
    currentMaximumVirtualProcessorsPerVirtualIOServerPartition: 64,
    installedSystemProcessorUnits: system.processorUnits,
    maximumAllowedVirtualProcessorsPerPartition: 256,
    minimumProcessorUnitsPerVirtualProcessor: 0.05,
    pendingAvailableSystemProcessorUnits: available,
    supportedPartitionProcessorCompatibilityModes: system.compatibilityModes,
    sharedProcessorPoolCount: system.pools.length,
    sharedProcessorPool: system.pools.map((pool) => context.href(pathOf(pool))),
  };
}
