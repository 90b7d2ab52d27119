import type { XmlElement } from '@openstack-powervm/atom';
import { type Lens, LogicalPartition, VirtualIOServer } from '@openstack-powervm/rest';

/** What is read of every entry; the number of values that were there, so that nothing is optimised away. */
export type Reader = (content: XmlElement) => number;

export const readers: Readonly<Record<'lpar' | 'vios', Reader>> = {
  lpar: (content) => present(partitionProperties(LogicalPartition.lens(content))),
  vios: (content) => {
    const vios = VirtualIOServer.lens(content);
    let values = 0;
    for (const mapping of vios.virtualSCSIMappings) values += present(scsiProperties(mapping));
    for (const mapping of vios.virtualFibreChannelMappings)
      values += present(fibreChannelProperties(mapping));
    return values;
  },
};

/** The fifteen properties that a compute service usually looks at. */
export function partitionProperties(lpar: Lens<typeof LogicalPartition>): unknown[] {
  const memory = lpar.partitionMemoryConfiguration;
  const processors = lpar.partitionProcessorConfiguration;
  const shared = processors?.sharedProcessorConfiguration;
  return [
    lpar.partitionName,
    lpar.partitionID,
    lpar.partitionUUID,
    lpar.partitionState,
    lpar.partitionType,
    lpar.resourceMonitoringControlState,
    lpar.operatingSystemVersion,
    lpar.isManagementPartition,
    lpar.currentProcessorCompatibilityMode,
    lpar.associatedManagedSystem,
    memory?.desiredMemory,
    memory?.currentMemory,
    processors?.hasDedicatedProcessors,
    shared?.desiredVirtualProcessors,
    shared?.desiredProcessingUnits,
  ];
}

function scsiProperties(
  mapping: VirtualIOServer['virtualSCSIMappings'] extends Iterable<infer M> ? M : never,
): unknown[] {
  const { clientAdapter, serverAdapter, storage, targetDevice } = mapping;
  return [
    mapping.associatedLogicalPartition,
    clientAdapter?.localPartitionID,
    clientAdapter?.virtualSlotNumber,
    serverAdapter?.adapterName,
    serverAdapter?.virtualSlotNumber,
    serverAdapter?.uniqueDeviceID,
    storage?.virtualDisk?.diskName ??
      storage?.physicalVolume?.volumeName ??
      storage?.virtualOpticalMedia?.mediaName,
    targetDevice?.logicalVolumeVirtualTargetDevice?.logicalUnitAddress,
  ];
}

function fibreChannelProperties(
  mapping: VirtualIOServer['virtualFibreChannelMappings'] extends Iterable<infer M> ? M : never,
): unknown[] {
  const { clientAdapter, serverAdapter, port } = mapping;
  return [
    mapping.associatedLogicalPartition,
    clientAdapter?.connectingPartitionID,
    clientAdapter?.wwpns,
    serverAdapter?.adapterName,
    serverAdapter?.connectingPartitionID,
    serverAdapter?.mapPort,
    port?.portName,
    port?.wwpn,
  ];
}

function present(values: readonly unknown[]): number {
  return values.filter((value) => value !== undefined).length;
}
