import type {
  AdapterTraffic,
  FibreChannelTraffic,
  HypervisorNetworkMetrics,
  HypervisorPartitionMetrics,
  HypervisorSample,
  HypervisorStorageMetrics,
  MetricsInfo,
  PartitionMemoryMetrics,
  PartitionMetrics,
  PoolTraffic,
  ProcessorMetrics,
  SharedAdapterTraffic,
  StorageAdapterTraffic,
  ViosMetrics,
  VirtualEthernetMetrics,
} from '@openstack-powervm/rest';

/** How a class of the other client reads metrics: property → our name for it. Several names: whichever is there. */
type Names<T> = Readonly<Record<string, (keyof T & string) | readonly (keyof T & string)[]>>;

export interface MetricsMapping {
  /** Our value of a property; undefined when the property is not mapped. */
  read(of: object, property: string): { readonly value: unknown } | undefined;
}

function named<T extends object>(names: Names<T>): MetricsMapping {
  return {
    read(of, property) {
      const name = names[property];
      if (name === undefined) return undefined;
      const values = [name].flat().map((each): unknown => Reflect.get(of, each));
      return { value: values.find((each) => each !== undefined) };
    },
  };
}

const traffic = {
  name: 'id',
  physical_location: 'physicalLocation',
} as const;

const packets = {
  dropped_packets: 'droppedPackets',
  received_bytes: 'receivedBytes',
  received_packets: 'receivedPackets',
  sent_bytes: 'sentBytes',
  sent_packets: 'sentPackets',
} as const;

const transfers = {
  num_reads: 'numOfReads',
  num_writes: 'numOfWrites',
  read_bytes: 'readBytes',
  write_bytes: 'writeBytes',
} as const;

const fibreChannel: Names<FibreChannelTraffic> = {
  ...traffic,
  ...transfers,
  wwpn: 'wwpn',
  running_speed: 'runningSpeed',
  ports: 'ports',
};

const storageAdapter: Names<StorageAdapterTraffic> = { ...traffic, ...transfers, type: 'type' };

const hypervisorPartition: Names<HypervisorPartitionMetrics> = {
  affinity_score: 'affinityScore',
  id: 'id',
  memory: 'memory',
  name: 'name',
  network: 'network',
  processor: 'processor',
  state: 'state',
  storage: 'storage',
  type: 'type',
  uuid: 'uuid',
};

const file = named<{ info: unknown; sample: unknown }>({ info: 'info', sample: 'sample' });

/** The classes of pypowervm for metrics, by class name. */
export const metricsMappings: Readonly<Record<string, MetricsMapping | undefined>> = {
  'pcm.phyp.PhypInfo': file,
  'pcm.vios.ViosInfo': file,
  'pcm.lpar.LparInfo': named<{ partitions: unknown }>({ lpars_util: 'partitions' }),
  'pcm.Info': named<MetricsInfo>({
    metric_type: 'metricType',
    monitoring_type: 'monitoringType',
    mtms: 'mtms',
    name: 'name',
    version: 'version',
  }),
  'pcm.phyp.PhypSample': named<HypervisorSample>({
    lpars: 'lparsUtil',
    memory: 'memory',
    processor: 'processor',
    shared_proc_pools: 'sharedProcessorPool',
    status: 'status',
    system_firmware: 'systemFirmware',
    time_based_cycles: 'timeBasedCycles',
    time_stamp: 'timeStamp',
    vioses: 'viosUtil',
  }),
  'pcm.phyp.PhypSystemFirmware': named<HypervisorSample['systemFirmware']>({
    assigned_mem: 'assignedMem',
    utilized_proc_cycles: 'utilizedProcCycles',
  }),
  'pcm.phyp.PhypSystemMemory': named<HypervisorSample['memory']>({
    available_mem: 'availableMem',
    configurable_mem: 'configurableMem',
    total_mem: 'totalMem',
  }),
  'pcm.phyp.PhypSystemProcessor': named<HypervisorSample['processor']>({
    available_proc_units: 'availableProcUnits',
    configurable_proc_units: 'configurableProcUnits',
    proc_cycles_per_sec: 'procCyclesPerSecond',
    total_proc_units: 'totalProcUnits',
  }),
  'pcm.phyp.PhypSharedProcPool': named<HypervisorSample['sharedProcessorPool'][number]>({
    assigned_proc_cycles: 'assignedProcCycles',
    borrowed_pool_proc_units: 'borrowedPoolProcUnits',
    id: 'id',
    max_proc_units: 'maxProcUnits',
    name: 'name',
    utilized_pool_cycles: 'utilizedPoolCycles',
  }),
  'pcm.phyp.PhypVMSample': named<HypervisorPartitionMetrics>(hypervisorPartition),
  'pcm.phyp.PhypViosSample': named<HypervisorPartitionMetrics>(hypervisorPartition),
  'pcm.phyp.PhypLparMemory': named<HypervisorPartitionMetrics['memory']>({
    backed_physical_mem: 'backedPhysicalMem',
    logical_mem: 'logicalMem',
  }),
  'pcm.phyp.PhypLparProc': named<ProcessorMetrics>({
    donated_proc_cycles: 'donatedProcCycles',
    entitled_proc_cycles: 'entitledProcCycles',
    idle_proc_cycles: 'idleProcCycles',
    mode: 'mode',
    pool_id: 'poolId',
    proc_units: 'maxProcUnits',
    time_wait_dispatch: 'timeSpentWaitingForDispatch',
    total_instructions: 'totalInstructions',
    total_inst_exec_time: 'totalInstructionsExecutionTime',
    virt_procs: 'maxVirtualProcessors',
    util_cap_proc_cycles: 'utilizedCappedProcCycles',
    util_uncap_proc_cycles: 'utilizedUnCappedProcCycles',
    weight: 'weight',
  }),
  'pcm.phyp.PhypNetwork': named<HypervisorNetworkMetrics>({
    sriov_ports: 'sriovLogicalPorts',
    veas: 'virtualEthernetAdapters',
  }),
  'pcm.phyp.PhypVEA': named<VirtualEthernetMetrics>({
    ...packets,
    is_pvid: 'isPortVLANID',
    physical_location: 'physicalLocation',
    vlan_id: 'vlanId',
    vswitch_id: 'vswitchId',
    dropped_physical_packets: 'droppedPhysicalPackets',
    received_physical_bytes: 'receivedPhysicalBytes',
    received_physical_packets: 'receivedPhysicalPackets',
    sent_physical_bytes: 'sentPhysicalBytes',
    sent_physical_packets: 'sentPhysicalPackets',
  }),
  'pcm.phyp.PhypStorage': named<HypervisorStorageMetrics>({
    v_fc_adpts: 'virtualFiberChannelAdapters',
    v_stor_adpts: 'genericVirtualAdapters',
  }),
  'pcm.phyp.PhypStorageVAdpt': named<NonNullable<HypervisorStorageMetrics['genericVirtualAdapters']>[number]>(
    {
      physical_location: 'physicalLocation',
      vios_id: 'viosId',
      vios_slot: 'viosAdapterSlotId',
    },
  ),
  'pcm.phyp.PhypVirtualFCAdpt': named<
    NonNullable<HypervisorStorageMetrics['virtualFiberChannelAdapters']>[number]
  >({
    physical_location: 'physicalLocation',
    vios_id: 'viosId',
    wwpn_pair: ['wwpnPair', 'wwpnpair'],
  }),
  'pcm.vios.ViosSample': named<ViosMetrics & { timeStamp: string }>({
    id: 'id',
    mem: 'memory',
    name: 'name',
    network: 'network',
    storage: 'storage',
    time_stamp: 'timeStamp',
  }),
  'pcm.vios.ViosMemory': named<NonNullable<ViosMetrics['memory']>>({ utilized_mem: 'utilizedMem' }),
  'pcm.vios.ViosNetwork': named<NonNullable<ViosMetrics['network']>>({
    adpts: 'genericAdapters',
    seas: 'sharedAdapters',
  }),
  'pcm.vios.ViosNetworkAdpt': named<AdapterTraffic>({ ...traffic, ...packets, type: 'type' }),
  'pcm.vios.ViosSharedEthernetAdapter': named<SharedAdapterTraffic>({
    ...traffic,
    ...packets,
    type: 'type',
    bridged_adpts: 'bridgedAdapters',
  }),
  'pcm.vios.ViosStorage': named<NonNullable<ViosMetrics['storage']>>({
    fc_adpts: 'fiberChannelAdapters',
    phys_adpts: 'genericPhysicalAdapters',
    ssps: 'sharedStoragePools',
    virt_adpts: 'genericVirtualAdapters',
  }),
  'pcm.vios.ViosFCPhysAdpt': named<FibreChannelTraffic>(fibreChannel),
  'pcm.vios.ViosFCVirtAdpt': named<FibreChannelTraffic>(fibreChannel),
  'pcm.vios.ViosStoragePAdpt': named<StorageAdapterTraffic>(storageAdapter),
  'pcm.vios.ViosStorageVAdpt': named<StorageAdapterTraffic>(storageAdapter),
  'pcm.vios.ViosSSP': named<PoolTraffic>({
    ...transfers,
    name: 'id',
    pool_disks: 'poolDisks',
    total_space: 'totalSpace',
    used_space: 'usedSpace',
  }),
  'pcm.lpar.LparUtil': named<Omit<PartitionMetrics, 'timeStamp'> & { timestamp?: string }>({
    // The other client looks for this spelling, which no file has, and so do we here.
    timestamp: 'timestamp',
    lpar_id: 'id',
    memory: 'memory',
    name: 'name',
    uuid: 'uuid',
  }),
  'pcm.lpar.LparMemory': named<PartitionMemoryMetrics>({
    active_pg_count: 'vmActivePgCount',
    free_pg_count: 'totalPgSpFreeCount',
    pct_real_mem_avbl: 'pctRealMemAvbl',
    pct_real_mem_free: 'pctRealMemFree',
    real_mem_size_bytes: 'realMemSizeBytes',
    total_pg_count: 'totalPgSpSizeCount',
    vm_pg_in_rate: 'vmPgInRate',
    vm_pg_out_rate: 'vmPgOutRate',
    vm_pg_swap_in_rate: 'vmPgSpInRate',
    vm_pg_swap_out_rate: 'vmPgSpOutRate',
  }),
};
