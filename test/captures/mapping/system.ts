import type { Lens } from '@openstack-powervm/rest';
import {
  AssociatedSystemCapabilities,
  AssociatedSystemIOConfiguration,
  IOAdapter,
  IOSlot,
  MachineTypeModelAndSerialNumber,
  ManagedSystem,
  SharedProcessorPool,
  VirtualSerialNumberInformation,
} from '@openstack-powervm/rest';
import { type ClassMapping, mapped, mappedResource } from './table.js';

type Capabilities = Lens<typeof AssociatedSystemCapabilities> | undefined;
/** Capabilities by the other client's name, with what absence means (protocol reference 3.2). */
const capable = {
  active_lpar_mobility_capable: (c: Capabilities) => c?.activeLogicalPartitionMobilityCapable ?? false,
  active_memory_expansion_capable: (c: Capabilities) => c?.activeMemoryExpansionCapable ?? false,
  custom_mac_addr_capable: (c: Capabilities) => c?.virtualEthernetCustomMACAddressCapable ?? true,
  dedicated_processor_partition_capable: (c: Capabilities) => c?.dedicatedProcessorPartitionCapable ?? true,
  disable_secure_boot_capable: (c: Capabilities) => c?.disableSecureBootCapable ?? false,
  ibmi_lpar_mobility_capable: (c: Capabilities) => c?.ibmiLogicalPartitionMobilityCapable ?? false,
  ibmi_nativeio_capable: (c: Capabilities) => c?.ibmiNativeIOCapable ?? false,
  ibmi_restrictedio_capable: (c: Capabilities) => c?.ibmiRestrictedIOModeCapable ?? false,
  ibmi_virtual_software_tier_capable: (c: Capabilities) => c?.ibmiVirtualSoftwareTierCapable ?? false,
  inactive_lpar_mobility_capable: (c: Capabilities) => c?.inactiveLogicalPartitionMobilityCapable ?? false,
  ioslot_owner_assignment_capable: (c: Capabilities) => c?.ioSlotOwnerAssignmentCapable ?? false,
  kvm_capable: (c: Capabilities) => c?.kvmCapable ?? false,
  partition_secure_boot_capable: (c: Capabilities) => c?.partitionSecureBootCapable ?? false,
  physical_page_table_ratio_capable: (c: Capabilities) => c?.customPhysicalPageTableRatioCapable ?? false,
  shared_processor_pool_capable: (c: Capabilities) => c?.sharedProcessorPoolCapable ?? false,
  simplified_remote_restart_capable: (c: Capabilities) =>
    c?.powerVMLogicalPartitionSimplifiedRemoteRestartCapable ?? false,
  vnic_capable: (c: Capabilities) => c?.virtualNICDedicatedSRIOVCapable ?? false,
  vnic_failover_capable: (c: Capabilities) => c?.virtualNICFailOverCapable ?? false,
};

/** What the other client gathers for live migration. */
function migrationData(s: Lens<typeof ManagedSystem>): Record<string, unknown> {
  const c = s.associatedSystemCapabilities;
  const m = s.systemMigrationInformation;
  const flags = Object.entries(capable).map(([name, read]) => [name, read(c)] as const);
  return {
    ...Object.fromEntries(flags),
    aix_capable: c?.aixCapable !== 'Inactive',
    ibmi_capable: c?.ibmiCapable ?? false,
    linux_capable: c?.linuxCapable ?? true,
    dynamic_srr_capable: c?.dynamicSimplifiedRemoteRestartToggleCapable ?? false,
    LparPlacementCapable: c?.lparPlacementCapable ?? false,
    MinimumAffinityScoreCapable: c?.minimumAffinityScoreCapable ?? false,
    PartitionKeyStoreCapable: c?.partitionKeyStoreCapable ?? false,
    PersistentMemoryCapable: c?.persistentMemoryCapable ?? false,
    VirtualSerialNumberCapable: c?.virtualSerialNumberCapable ?? false,
    os400NetInstallCapable: c?.os400NetInstallCapable ?? false,
    os400NetInstallIscsiCapable: c?.os400NetInstallIscsiCapable ?? false,
    affinity_check_capable: m?.logicalPartitionAffinityCheckCapable ?? false,
    vpmem_lpm_capable: m?.logicalPartitionPersistentMemoryMigrationCapable ?? false,
    active_migrations_in_progress: m?.numberOfActiveMigrationsInProgress ?? 0,
    active_migrations_supported: m?.maximumActiveMigrations ?? 0,
    inactive_migrations_in_progress: m?.numberOfInactiveMigrationsInProgress ?? 0,
    inactive_migrations_supported: m?.maximumInactiveMigrations ?? 0,
    max_migration_ops_supported: m?.maximumFirmwareActiveMigrations,
    preferred_active_migrations_supported: m?.maximumActiveMigrations ?? 0,
    preferred_inactive_migrations_supported: m?.maximumInactiveMigrations ?? 0,
    proc_compat:
      s.associatedSystemProcessorConfiguration?.supportedPartitionProcessorCompatibilityModes.join(','),
  };
}

export const systemMappings: Readonly<Record<string, ClassMapping>> = {
  'managed_system.System': mappedResource(
    ManagedSystem,
    {
      asio_config: (s) => s.associatedSystemIOConfiguration,
      associated_capabilities: (s) => s.associatedSystemCapabilities,
      default_ppt_ratio: (s) => s.associatedSystemMemoryConfiguration?.defaultPhysicalPageTableRatio ?? 6,
      firmware_memory: (s) => s.associatedSystemMemoryConfiguration?.memoryUsedByHypervisor ?? 0,
      host_ip_address: (s) => s.primaryIPAddress,
      max_procs_per_aix_linux_lpar: (s) =>
        s.associatedSystemProcessorConfiguration?.currentMaximumProcessorsPerAIXOrLinuxPartition ?? 0,
      max_procs_per_os400_lpar: (s) =>
        s.associatedSystemProcessorConfiguration?.currentMaximumProcessorsPerIBMiPartition ?? 0,
      max_sys_procs_limit: (s) =>
        s.associatedSystemProcessorConfiguration?.currentMaximumAllowedProcessorsPerPartition ?? 0,
      max_sys_vcpus_limit: (s) =>
        s.associatedSystemProcessorConfiguration?.maximumAllowedVirtualProcessorsPerPartition ?? 0,
      max_vcpus_per_aix_linux_lpar: (s) =>
        s.associatedSystemProcessorConfiguration?.currentMaximumVirtualProcessorsPerAIXOrLinuxPartition ?? 0,
      max_vcpus_per_os400_lpar: (s) =>
        s.associatedSystemProcessorConfiguration?.currentMaximumVirtualProcessorsPerIBMiPartition ?? 0,
      memory_configurable: (s) => s.associatedSystemMemoryConfiguration?.configurableSystemMemory ?? 0,
      memory_free: (s) => s.associatedSystemMemoryConfiguration?.currentAvailableSystemMemory ?? 0,
      memory_region_size: (s) => s.associatedSystemMemoryConfiguration?.memoryRegionSize ?? 0,
      memory_total: (s) => s.associatedSystemMemoryConfiguration?.installedSystemMemory ?? 0,
      metered_pool_id: (s) => s.meteredPoolID,
      migration_data: migrationData,
      min_proc_units: (s) =>
        s.associatedSystemProcessorConfiguration?.minimumProcessorUnitsPerVirtualProcessor ?? 0,
      mtms: (s) => s.machineTypeModelAndSerialNumber,
      page_table_ratio: (s) => s.associatedSystemMemoryConfiguration?.defaultHardwarePageTableRatio,
      proc_compat_modes: (s) =>
        s.associatedSystemProcessorConfiguration?.supportedPartitionProcessorCompatibilityModes,
      proc_units: (s) => s.associatedSystemProcessorConfiguration?.installedSystemProcessorUnits ?? 0,
      proc_units_avail: (s) =>
        s.associatedSystemProcessorConfiguration?.currentAvailableSystemProcessorUnits ?? 0,
      proc_units_configurable: (s) =>
        s.associatedSystemProcessorConfiguration?.configurableSystemProcessorUnits ?? 0,
      processor_is_throttled: (s) => s.processorThrottling ?? false,
      session_is_controller: (s) => s.isPowerVMManagementController ?? true,
      session_is_master: (s) => s.isPowerVMManagementMaster ?? true,
      supported_ibmi_console_codepage: (s) => s.supportedIBMiConsoleCodePage,
      system_name: (s) => s.systemName,
      system_state: (s) => s.state ?? 'unknown',
      vios_links: (s) => s.associatedVirtualIOServers,
      ibmivirtualsoftwaretiers: (s) =>
        s.ibmiVirtualSoftwareTiers.length === 0 ? undefined : s.ibmiVirtualSoftwareTiers,
      cur_pmem_volumes: (s) => s.associatedPersistentMemoryConfiguration?.currentPersistentMemoryVolumes,
      dram_pmem_vol_blksize: (s) =>
        s.associatedPersistentMemoryConfiguration?.dramPersistentMemoryVolumeBlockSize,
      dram_pmem_vol_cursize: (s) =>
        s.associatedPersistentMemoryConfiguration?.dramPersistentMemoryVolumesCurrentSize,
      dram_pmem_vol_size: (s) => s.associatedPersistentMemoryConfiguration?.dramPersistentMemoryVolumesSize,
      max_aix_lnx_pmem_volumes: (s) =>
        s.associatedPersistentMemoryConfiguration?.maximumAixLinuxPersistentMemoryVolumes,
      max_os400_pmem_volumes: (s) =>
        s.associatedPersistentMemoryConfiguration?.maximumOS400PersistentMemoryVolumes,
      max_pmem_volumes: (s) => s.associatedPersistentMemoryConfiguration?.maximumPersistentMemoryVolumes,
      max_vios_pmem_volumes: (s) =>
        s.associatedPersistentMemoryConfiguration?.maximumVIOSPersistentMemoryVolumes,
      supported_pmem_vol_devtypes: (s) =>
        s.associatedPersistentMemoryConfiguration?.supportedPersistentMemoryDeviceTypes,
    },
    {
      lpar_keystore_max_kbytes:
        'the other client looks in the wrong place and reads 0 (protocol reference 3.2)',
      lpar_keystore_min_kbytes:
        'the other client looks in the wrong place and reads 0 (protocol reference 3.2)',
    },
  ),
  'managed_system.AssociatedSystemCapabilities': mapped(AssociatedSystemCapabilities, {
    ...capable,
    // Here, unlike in its migration data, absence means no to the other client.
    custom_mac_addr_capable: (c) => c.virtualEthernetCustomMACAddressCapable ?? false,
    dedicated_processor_partition_capable: (c) => c.dedicatedProcessorPartitionCapable ?? false,
    ibmi_network_install_capable: (c) => c.ibmiNetworkInstallCapable ?? false,
    ibmi_network_install_iscsi_capable: (c) => c.os400NetInstallIscsiCapable ?? false,
    lpar_placement_capable: (c) => c.lparPlacementCapable ?? false,
    min_affinity_score_capable: (c) => c.minimumAffinityScoreCapable ?? false,
    partition_key_store_capable: (c) => c.partitionKeyStoreCapable ?? false,
    persistent_memory_capable: (c) => c.persistentMemoryCapable ?? false,
    virtual_serial_number_capable: (c) => c.virtualSerialNumberCapable ?? false,
  }),
  'managed_system.ASIOConfig': mapped(AssociatedSystemIOConfiguration, {
    avail_wwpns: (c) => c.availableWWPNs ?? 0,
    io_slots: (c) => c.ioSlots,
    sriov_adapters: (c) =>
      c.sriovAdapters.map((choice) => choice.sriovAdapter).filter((each) => each !== undefined),
    wwpn_prefix: (c) => c.wwpnPrefix,
  }),
  'managed_system.IOSlot': mapped(IOSlot, {
    bus_grp_required: (s) => s.busGroupingRequired ?? false,
    description: (s) => s.description,
    drc_index: (s) => s.slotDynamicReconfigurationConnectorIndex,
    drc_name: (s) => s.slotDynamicReconfigurationConnectorName,
    dyn_reconfig_conn_index: (s) => s.slotDynamicReconfigurationConnectorIndex,
    dyn_reconfig_conn_name: (s) => s.slotDynamicReconfigurationConnectorName,
    // The other client reads a number, or nothing when the text is none.
    feat_codes: (s) => (/^\d+$/.test(s.featureCodes[0] ?? '') ? Number(s.featureCodes[0]) : undefined),
    part_id: (s) => s.partitionID,
    part_name: (s) => s.partitionName,
    part_type: (s) => s.partitionType,
    part_uuid: (s) => s.partitionUUID,
    pci_class: (s) => s.pciClass,
    pci_dev_id: (s) => s.pciDeviceID,
    pci_rev_id: (s) => s.pciRevisionID,
    pci_revision_id: (s) => s.pciRevisionID,
    pci_sub_dev_id: (s) => s.pciSubsystemDeviceID,
    pci_sub_vendor_id: (s) => s.pciSubsystemVendorID,
    pci_subsys_dev_id: (s) => s.pciSubsystemDeviceID,
    pci_subsys_vendor_id: (s) => s.pciSubsystemVendorID,
    pci_vendor_id: (s) => s.pciVendorID,
  }),
  'iocard.IOAdapter': mapped(IOAdapter, adapter()),
  'iocard.LinkAggrIOAdapterChoice': mapped(IOAdapter, adapter()),
  'mtms.MTMS': mapped(MachineTypeModelAndSerialNumber, {
    machine_type: (m) => m.machineType,
    model: (m) => m.model,
    serial: (m) => m.serialNumber,
    mtms_str: (m) => `${m.machineType}-${m.model}*${m.serialNumber}`,
  }),
  'shared_proc_pool.SharedProcPool': mappedResource(SharedProcessorPool, {
    avail_proc_units: (p) => p.availableProcUnits ?? 0,
    curr_rsrv_proc_units: (p) => p.currentReservedProcessingUnits ?? 0,
    id: (p) => p.poolID,
    is_default: (p) => p.poolID === 0,
    max_proc_units: (p) => p.maximumProcessingUnits ?? 0,
    name: (p) => p.poolName,
    pend_rsrv_proc_units: (p) => p.pendingReservedProcessingUnits ?? 0,
  }),
  'virtual_serial_number.VirtualSerialNumber': mappedResource(VirtualSerialNumberInformation, {
    // 65535 stands for "none", which the other client writes as a dash.
    assoc_partition_id: (v) => (v.associatedPartitionId === 65535 ? '-' : v.associatedPartitionId),
    auto_assign: (v) => v.isAutoAssignCapable ?? false,
    vsn: (v) => v.virtualSerialNumber,
  }),
};

function adapter() {
  return {
    description: (a: Lens<typeof IOAdapter>) => a.description,
    dev_name: (a: Lens<typeof IOAdapter>) => a.deviceName,
    dev_type: (a: Lens<typeof IOAdapter>) => a.deviceType,
    drc_name: (a: Lens<typeof IOAdapter>) => a.dynamicReconfigurationConnectorName,
    id: (a: Lens<typeof IOAdapter>) => a.adapterID?.toString(),
    phys_loc_code: (a: Lens<typeof IOAdapter>) => a.physicalLocation,
    udid: (a: Lens<typeof IOAdapter>) => a.uniqueDeviceID,
  };
}
