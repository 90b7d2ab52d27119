import type { Init, LogicalPartition } from '@openstack-powervm/rest';
import { pathOf } from '../world/changes.js';
import type { MemorySettings } from '../world/memory.js';
import { type AnyPartition, isOff, nvramOf } from '../world/partition.js';
import type { DedicatedProcessors, SharedProcessors } from '../world/processors.js';
import { channelSlotsView } from './fibre-channel-view.js';
import { partitionMemoryConfiguration } from './persistent-memory.js';
import type { ViewContext } from './resource-kind.js';

type View = Init<typeof LogicalPartition>;

/** The elements that LPARs and VIOSes share (protocol reference 3.3; captures lpar.txt, fake_vios_feed.txt). */
export function partitionView(partition: AnyPartition, context: ViewContext): View {
  const on = !isOff(partition);
  return {
    ...storedView(partition),
    allowPerformanceDataCollection: partition.performanceCollection,
    availabilityPriority: partition.availabilityPriority,
    currentAllocatedBarrierSynchronizationRegisterArrays: 0,
    currentProcessorCompatibilityMode: partition.currentCompatibilityMode,
    currentProfileSync: 'On',
    isOperationInProgress: partition.migration !== undefined,
    isVirtualServiceAttentionLEDOn: false,
    keylockPosition: partition.keylock,
    logicalSerialNumber: partition.serialNumber,
    operatingSystemVersion: partition.operatingSystem,
    partitionCapabilities: capabilitiesView(partition),
    partitionID: partition.id,
    partitionIOConfiguration: {
      ethernetAdapterCapabilities: {},
      maximumVirtualIOSlots: partition.slots.limit,
      profileIOSlots: partition.kind === 'VirtualIOServer' ? channelSlotsView(partition, context) : [],
      currentMaximumVirtualIOSlots: partition.slots.limit,
    },
    partitionMemoryConfiguration: memoryView(partition),
    partitionName: partition.name,
    partitionProcessorConfiguration: processorView(partition),
    partitionState: partition.state,
    partitionType: partition.type,
    partitionUUID: partition.uuid,
    pendingProcessorCompatibilityMode: partition.pendingCompatibilityMode,
    processorPool: poolLink(partition, context),
    progressPartitionDataRemaining: partition.migration?.remainingMb ?? 0,
    progressPartitionDataTotal: partition.migration?.totalMb ?? 0,
    progressState: 'Unknown',
    resourceMonitoringControlState: partition.rmc,
    resourceMonitoringIPAddress: partition.rmcAddress,
    associatedManagedSystem: context.href(pathOf(partition.system)),
    clientNetworkAdapters: partition.adapters.map((adapter) => context.href(pathOf(adapter))),
    hostEthernetAdapterLogicalPorts: {},
    macAddressPrefix: '0',
    referenceCode: partition.referenceCode,
    referenceCodeFull: `refcode=${partition.referenceCode}`,
    isManagementPartition: partition.isManagement,
    bootMode: partition.bootMode,
    partitionNVRAM: context.wants('NVRAM') ? nvramOf(partition) : undefined,
    uptime: on ? 0 : undefined,
    pendingSecureBoot: partition.secureBoot.pending,
    currentSecureBoot: partition.secureBoot.current,
    associatedPersistentMemoryConfiguration: partitionMemoryConfiguration(partition),
  };
}

function poolLink(partition: AnyPartition, context: ViewContext): string | undefined {
  const { current } = partition.processors;
  const pool = current.mode === 'shared' ? partition.system.pools[current.poolId] : undefined;
  return pool === undefined ? undefined : context.href(pathOf(pool));
}

/** Uptime in seconds grows while the partition is on. */
export function partitionLive(partition: AnyPartition, context: ViewContext): Record<string, () => string> {
  const uptime = (): string => {
    const since = partition.activatedAt ?? context.world.clock.now();
    return String(Math.floor((context.world.clock.now() - since) / 1000));
  };
  return { Uptime: uptime };
}

const defaults: View = {
  isConnectionMonitoringEnabled: true,
  isRedundantErrorPathReportingEnabled: false,
  isTimeReferencePartition: false,
  isVirtualTrustedPlatformModuleEnabled: false,
  isServicePartition: false,
  powerOnWithHypervisor: false,
};

/** The stored names are properties of the declaration (see `readStored`), which the compiler cannot see. */
function storedView(partition: AnyPartition): View {
  return { ...defaults, ...(Object.fromEntries(partition.stored) as View) };
}

function capabilitiesView(partition: AnyPartition): NonNullable<View['partitionCapabilities']> {
  const dynamic = partition.rmc === 'active';
  return {
    dynamicLogicalPartitionIOCapable: dynamic || isOff(partition),
    dynamicLogicalPartitionMemoryCapable: dynamic,
    dynamicLogicalPartitionProcessorCapable: dynamic,
    internalAndExternalIntrusionDetectionCapable: false,
    resourceMonitoringControlOperatingSystemShutdownCapable: dynamic,
  };
}

function memoryView(partition: AnyPartition): NonNullable<View['partitionMemoryConfiguration']> {
  const { pending, current, runtimeMb } = partition.memory;
  return {
    activeMemoryExpansionEnabled: pending.expansionFactor > 0,
    activeMemorySharingEnabled: false,
    barrierSynchronizationRegisterArrayCount: 0,
    desiredHugePageCount: 0,
    desiredMemory: pending.desired,
    expansionFactor: pending.expansionFactor,
    physicalPageTableRatio: pending.physicalPageTableRatio,
    hardwarePageTableRatio: pending.hardwarePageTableRatio,
    manualEntitledModeEnabled: false,
    maximumHugePageCount: 0,
    maximumMemory: pending.maximum,
    minimumHugePageCount: 0,
    minimumMemory: pending.minimum,
    ...currentMemoryView(current),
    memoryExpansionHardwareAccessEnabled: true,
    memoryEncryptionHardwareAccessEnabled: true,
    memoryExpansionEnabled: current.expansionFactor > 0,
    redundantErrorPathReportingEnabled: false,
    runtimeHugePageCount: 0,
    runtimeMemory: runtimeMb,
    runtimeMinimumMemory: current.minimum,
    sharedMemoryEnabled: false,
  };
}

function currentMemoryView(current: MemorySettings): NonNullable<View['partitionMemoryConfiguration']> {
  return {
    currentBarrierSynchronizationRegisterArrays: 0,
    currentExpansionFactor: current.expansionFactor,
    currentPhysicalPageTableRatio: current.physicalPageTableRatio,
    currentHardwarePageTableRatio: current.hardwarePageTableRatio,
    currentHugePageCount: 0,
    currentMaximumHugePageCount: 0,
    currentMaximumMemory: current.maximum,
    currentMemory: current.desired,
    currentMinimumHugePageCount: 0,
    currentMinimumMemory: current.minimum,
  };
}

function processorView(partition: AnyPartition): NonNullable<View['partitionProcessorConfiguration']> {
  const { pending, current } = partition.processors;
  const on = !isOff(partition);
  return {
    dedicatedProcessorConfiguration: pending.mode === 'dedicated' ? dedicatedView(pending) : undefined,
    hasDedicatedProcessors: pending.mode === 'dedicated',
    sharedProcessorConfiguration: pending.mode === 'shared' ? sharedView(pending) : undefined,
    sharingMode: pending.sharing,
    currentHasDedicatedProcessors: current.mode === 'dedicated',
    currentSharingMode: current.sharing,
    currentDedicatedProcessorConfiguration:
      current.mode === 'dedicated' ? currentDedicatedView(current, on) : undefined,
    runtimeHasDedicatedProcessors: current.mode === 'dedicated',
    runtimeSharingMode: current.sharing,
    currentSharedProcessorConfiguration:
      current.mode === 'shared' ? currentSharedView(current, on) : undefined,
  };
}

function dedicatedView({ processors }: DedicatedProcessors) {
  return {
    desiredProcessors: processors.desired,
    maximumProcessors: processors.maximum,
    minimumProcessors: processors.minimum,
  };
}

function sharedView({ units, virtual, poolId, weight }: SharedProcessors) {
  return {
    desiredProcessingUnits: units.desired,
    desiredVirtualProcessors: virtual.desired,
    maximumProcessingUnits: units.maximum,
    maximumVirtualProcessors: virtual.maximum,
    minimumProcessingUnits: units.minimum,
    minimumVirtualProcessors: virtual.minimum,
    sharedProcessorPoolID: poolId,
    uncappedWeight: weight,
  };
}

function currentDedicatedView({ processors }: DedicatedProcessors, on: boolean) {
  return {
    currentMaximumProcessors: processors.maximum,
    currentMinimumProcessors: processors.minimum,
    currentProcessors: processors.desired,
    runProcessors: on ? processors.desired : 0,
  };
}

function currentSharedView({ units, virtual, poolId, weight }: SharedProcessors, on: boolean) {
  return {
    allocatedVirtualProcessors: virtual.desired,
    currentMaximumProcessingUnits: units.maximum,
    currentMinimumProcessingUnits: units.minimum,
    currentProcessingUnits: units.desired,
    currentSharedProcessorPoolID: poolId,
    currentUncappedWeight: weight,
    currentMinimumVirtualProcessors: virtual.minimum,
    currentMaximumVirtualProcessors: virtual.maximum,
    runtimeProcessingUnits: on ? units.desired : 0,
    runtimeUncappedWeight: on ? weight : 0,
  };
}
