import {
  DedicatedProcessorConfiguration,
  type LensOf,
  LogicalPartition,
  PartitionCapabilities,
  PartitionIOConfiguration,
  PartitionMemoryConfiguration,
  PartitionProcessorConfiguration,
  PhysicalFibreChannelAdapter,
  PhysicalFibreChannelPort,
  ProfileIOSlot,
  type partitionFields,
  SharedProcessorConfiguration,
  uuidOf,
  VirtualIOServer,
} from '@openstack-powervm/rest';
import { type ClassMapping, mapped, mappedResource } from './table.js';

type AnyPartition = LensOf<typeof partitionFields>;

/** What the other client reads from partitions of both kinds, with the values it assumes for absent elements. */
const common = {
  allow_perf_data_collection: (p: AnyPartition) => p.allowPerformanceDataCollection ?? false,
  assoc_sys_uuid: (p: AnyPartition) => uuidOf(p.associatedManagedSystem),
  avail_priority: (p: AnyPartition) => p.availabilityPriority ?? 0,
  bootmode: (p: AnyPartition) => p.bootMode,
  capabilities: (p: AnyPartition) => p.partitionCapabilities,
  cur_dram_pmem_volumes: (p: AnyPartition) =>
    p.associatedPersistentMemoryConfiguration?.currentDramPersistentMemoryVolumes,
  cur_pmem_volumes: (p: AnyPartition) =>
    p.associatedPersistentMemoryConfiguration?.currentPersistentMemoryVolumes,
  current_secure_boot: (p: AnyPartition) => p.currentSecureBoot ?? 0,
  disable_secure_boot: (p: AnyPartition) => p.disableSecureBoot ?? false,
  env: (p: AnyPartition) => p.partitionType,
  id: (p: AnyPartition) => p.partitionID,
  io_config: (p: AnyPartition) => p.partitionIOConfiguration,
  is_mgmt_partition: (p: AnyPartition) => p.isManagementPartition ?? false,
  is_service_partition: (p: AnyPartition) => p.isServicePartition ?? false,
  keylock_pos: (p: AnyPartition) => p.keylockPosition,
  lpar_placement: (p: AnyPartition) => p.lparPlacement ?? 0,
  max_dram_pmem_volumes: (p: AnyPartition) =>
    p.associatedPersistentMemoryConfiguration?.maximumDramPersistentMemoryVolumes,
  max_pmem_volumes: (p: AnyPartition) =>
    p.associatedPersistentMemoryConfiguration?.maximumPersistentMemoryVolumes,
  mem_config: (p: AnyPartition) => p.partitionMemoryConfiguration,
  name: (p: AnyPartition) => p.partitionName,
  nvram: (p: AnyPartition) => p.partitionNVRAM,
  operating_system: (p: AnyPartition) => p.operatingSystemVersion ?? 'Unknown',
  partition_uuid: (p: AnyPartition) => p.partitionUUID,
  pending_proc_compat_mode: (p: AnyPartition) => p.pendingProcessorCompatibilityMode,
  pending_secure_boot: (p: AnyPartition) => p.pendingSecureBoot ?? 0,
  proc_compat_mode: (p: AnyPartition) => p.currentProcessorCompatibilityMode,
  proc_config: (p: AnyPartition) => p.partitionProcessorConfiguration,
  ref_code: (p: AnyPartition) => p.referenceCode,
  ref_code_full: (p: AnyPartition) => p.referenceCodeFull,
  rmc_ip: (p: AnyPartition) => p.resourceMonitoringIPAddress,
  rmc_state: (p: AnyPartition) => p.resourceMonitoringControlState,
  state: (p: AnyPartition) => p.partitionState,
  uptime: (p: AnyPartition) => p.uptime,
};

const adaptersOf = (vios: AnyPartition) =>
  vios.partitionIOConfiguration?.profileIOSlots.map((slot) => slot.associatedIOSlot?.relatedIOAdapter) ?? [];

const interfacesOf = (vios: LensOf<(typeof VirtualIOServer)['fields']>) => [
  ...vios.sharedEthernetAdapters.map((sea) => sea.ipInterface),
  ...vios.freeEthenetBackingDevicesForSEA.map((choice) => choice.ethernetBackingDevice?.ipInterface),
];

export const partitionMappings: Readonly<Record<string, ClassMapping>> = {
  'logical_partition.LPAR': mappedResource(LogicalPartition, {
    ...common,
    bootlist_info: (p) => p.bootListInformation,
    desig_ipl_src: (p) => p.designatedIPLSource,
    keystore_kbytes: (p) => p.keyStoreSize ?? 0,
    kvm_capable: (p) => p.kvmCapable ?? false,
    kvm_memory_overhead: (p) => p.kvmMemoryOverhead ?? 0,
    migration_state: (p) => p.migrationState ?? 'Not_Migrating',
    min_affinity_score: (p) => p.minimumAffinityScore,
    min_affinity_score_action: (p) => p.minimumAffinityScoreAction,
    restrictedio: (p) => p.isRestrictedIOPartition ?? false,
    srr_enabled: (p) => p.simplifiedRemoteRestartCapable ?? false,
    virtual_serial_number: (p) => p.virtualSerialNumber ?? 'none',
    // The other client says the word "null" where there is none.
    virtual_software_tier: (p) => p.associatedIBMiVirtualSoftwareTier ?? 'null',
  }),
  'virtual_io_server.VIOS': mappedResource(VirtualIOServer, {
    ...common,
    bootlist_info: (p) => (p.toJSON().bootListInformation === undefined ? undefined : p),
    io_adpts_for_link_agg: (v) => v.freeIOAdaptersForLinkAggregation.map((choice) => choice.ioAdapter),
    ip_addresses: (v) => interfacesOf(v).flatMap((each) => each?.ipAddress ?? []),
    is_license_accepted: (v) => v.virtualIOServerLicenseAccepted ?? true,
    is_mover_service_partition: (v) => v.moverServicePartition ?? false,
    keystore_kbytes: (v) => v.keyStoreSize,
    media_repository: (v) => v.mediaRepositories.at(0),
    pfc_ports: (v) =>
      adaptersOf(v).flatMap(
        (each) => each?.physicalFibreChannelAdapter?.physicalFibreChannelPorts.toArray() ?? [],
      ),
    phys_vols: (v) => v.physicalVolumes,
    scsi_mappings: (v) => v.virtualSCSIMappings,
    seas: (v) => v.sharedEthernetAdapters,
    trunk_adapters: (v) => v.trunkAdapters,
    vfc_mappings: (v) => v.virtualFibreChannelMappings,
    vnic_capable: (v) => v.isVNICCapable ?? false,
    vnic_failover_capable: (v) => v.vnicFailOverCapable ?? false,
  }),
  'base_partition.PartitionCapabilities': mapped(PartitionCapabilities, {
    io_dlpar: (c) => c.dynamicLogicalPartitionIOCapable ?? false,
    mem_dlpar: (c) => c.dynamicLogicalPartitionMemoryCapable ?? false,
    proc_dlpar: (c) => c.dynamicLogicalPartitionProcessorCapable ?? false,
  }),
  'base_partition.PartitionIOConfiguration': mapped(PartitionIOConfiguration, {
    io_slots: (c) => c.profileIOSlots,
    max_virtual_slots: (c) => c.maximumVirtualIOSlots,
    tagged_io: (c) => c.taggedIO,
  }),
  'base_partition.IOSlot': mapped(ProfileIOSlot, {
    bus_grp_required: (s) => s.associatedIOSlot?.busGroupingRequired ?? false,
    description: (s) => s.associatedIOSlot?.description,
    drc_index: (s) => s.associatedIOSlot?.slotDynamicReconfigurationConnectorIndex,
    drc_name: (s) => s.associatedIOSlot?.slotDynamicReconfigurationConnectorName,
    io_adapter: (s) => {
      const related = s.associatedIOSlot?.relatedIOAdapter;
      return related?.ioAdapter ?? related?.physicalFibreChannelAdapter;
    },
    pc_adpt_id: (s) => s.associatedIOSlot?.pcAdapterID,
    pci_class: (s) => s.associatedIOSlot?.pciClass,
    pci_dev_id: (s) => s.associatedIOSlot?.pciDeviceID,
    pci_mfg_id: (s) => s.associatedIOSlot?.pciManufacturerID,
    pci_rev_id: (s) => s.associatedIOSlot?.pciRevisionID,
    pci_subsys_dev_id: (s) => s.associatedIOSlot?.pciSubsystemDeviceID,
    pci_subsys_vendor_id: (s) => s.associatedIOSlot?.pciSubsystemVendorID,
    pci_vendor_id: (s) => s.associatedIOSlot?.pciVendorID,
    phys_loc: (s) => s.associatedIOSlot?.ioUnitPhysicalLocation,
    required: (s) => s.isRequired ?? false,
  }),
  'base_partition.PartitionMemoryConfiguration': mapped(PartitionMemoryConfiguration, {
    ame_enabled: (m) => m.activeMemoryExpansionEnabled ?? false,
    current: (m) => m.currentMemory,
    desired: (m) => m.desiredMemory,
    exp_factor: (m) => m.expansionFactor ?? 0,
    max: (m) => m.maximumMemory,
    min: (m) => m.minimumMemory,
    ppt_ratio: (m) => m.physicalPageTableRatio,
    shared_enabled: (m) => m.sharedMemoryEnabled,
  }),
  'base_partition.PartitionProcessorConfiguration': mapped(PartitionProcessorConfiguration, {
    dedicated_proc_cfg: (p) => p.dedicatedProcessorConfiguration,
    has_dedicated: (p) => p.hasDedicatedProcessors ?? false,
    shared_proc_cfg: (p) => p.sharedProcessorConfiguration,
    sharing_mode: (p) => p.sharingMode,
  }),
  'base_partition.SharedProcessorConfiguration': mapped(SharedProcessorConfiguration, {
    desired_units: (p) => p.desiredProcessingUnits,
    desired_virtual: (p) => p.desiredVirtualProcessors,
    max_units: (p) => p.maximumProcessingUnits,
    max_virtual: (p) => p.maximumVirtualProcessors,
    min_units: (p) => p.minimumProcessingUnits,
    min_virtual: (p) => p.minimumVirtualProcessors,
    pool_id: (p) => p.sharedProcessorPoolID ?? 0,
    uncapped_weight: (p) => p.uncappedWeight ?? 0,
  }),
  'base_partition.DedicatedProcessorConfiguration': mapped(DedicatedProcessorConfiguration, {
    desired: (p) => p.desiredProcessors,
    max: (p) => p.maximumProcessors,
    min: (p) => p.minimumProcessors,
  }),
  'iocard.PhysFCAdapter': mapped(PhysicalFibreChannelAdapter, {
    description: (a) => a.description,
    dev_name: (a) => a.deviceName,
    drc_name: (a) => a.dynamicReconfigurationConnectorName,
    fc_ports: (a) => a.physicalFibreChannelPorts,
    id: (a) => a.adapterID?.toString(),
    phys_loc_code: (a) => a.physicalLocation,
    // No capture gives these adapters a type or a UDID; the declaration has no such element.
    dev_type: () => undefined,
    udid: () => undefined,
  }),
  'iocard.PhysFCPort': mapped(PhysicalFibreChannelPort, {
    loc_code: (p) => p.locationCode,
    name: (p) => p.portName,
    npiv_available_ports: (p) => p.availablePorts ?? 0,
    npiv_total_ports: (p) => p.totalPorts ?? 0,
    udid: (p) => p.uniqueDeviceID,
    wwpn: (p) => p.wwpn,
  }),
};
