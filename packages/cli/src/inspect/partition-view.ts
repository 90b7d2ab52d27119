import type { LogicalPartition, VirtualIOServer } from '@openstack-powervm/rest';
import type { Column, Row } from '../output/record.js';

/** Columns of client partitions and VIOSes alike. */
export const partitionColumns: readonly Column[] = [
  { key: 'system', title: 'SYSTEM', whenSeveral: true },
  { key: 'name', title: 'NAME' },
  { key: 'id', title: 'ID' },
  { key: 'state', title: 'STATE' },
  { key: 'rmc', title: 'RMC' },
  { key: 'memoryMb', title: 'MEMORY MB' },
  { key: 'processors', title: 'PROCESSORS' },
  { key: 'processorUnits', title: 'UNITS' },
  { key: 'uuid', title: 'UUID' },
];

/** What a list shows of a partition. */
export function partitionRow(
  system: string,
  uuid: string,
  partition: LogicalPartition | VirtualIOServer,
): Row {
  const memory = partition.partitionMemoryConfiguration;
  return {
    system,
    name: partition.partitionName,
    id: partition.partitionID,
    state: partition.partitionState,
    rmc: partition.resourceMonitoringControlState,
    memoryMb: memory?.currentMemory ?? memory?.desiredMemory,
    ...processorsOf(partition),
    uuid,
  };
}

/** What `show` adds for client partitions and VIOSes alike. */
export function partitionDetails(partition: LogicalPartition | VirtualIOServer): Row {
  const memory = partition.partitionMemoryConfiguration;
  const { partitionProcessorConfiguration: processors } = partition;
  return {
    type: partition.partitionType,
    operatingSystem: partition.operatingSystemVersion,
    referenceCode: partition.referenceCode,
    uptimeSeconds: partition.uptime,
    rmcAddress: partition.resourceMonitoringIPAddress,
    memoryMinimumMb: memory?.minimumMemory,
    memoryMaximumMb: memory?.maximumMemory,
    processorMode: partition.currentProcessorCompatibilityMode,
    sharingMode: processors?.sharingMode,
    availabilityPriority: partition.availabilityPriority,
    bootMode: partition.bootMode,
    secureBoot: partition.currentSecureBoot,
    operationInProgress: partition.isOperationInProgress,
  };
}

/** Virtual processors of a shared partition, whole ones of a dedicated partition; its units then say nothing. */
function processorsOf({ partitionProcessorConfiguration: has }: LogicalPartition | VirtualIOServer): Row {
  const shared = has?.sharedProcessorConfiguration;
  const dedicated = has?.dedicatedProcessorConfiguration;
  return {
    processors: dedicated?.desiredProcessors ?? shared?.desiredVirtualProcessors,
    processorUnits: dedicated ? dedicated.desiredProcessors : shared?.desiredProcessingUnits,
    dedicated: has?.hasDedicatedProcessors,
  };
}
