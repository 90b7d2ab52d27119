/** Raw metrics of a system and of its VIOSes, as the platform samples them every 30 s (protocol reference 8.17). */

/** What every metrics file of a system begins with. */
export interface MetricsInfo {
  readonly version: string;
  /** `Raw` */
  readonly metricType: string;
  /** `LTM` or `STM` */
  readonly monitoringType: string;
  readonly mtms: string;
  /** Absent from the files of VIOSes. */
  readonly name?: string;
}

export interface ProcessorMetrics {
  readonly poolId: number;
  /** `cap`, `uncap`, … */
  readonly mode: string;
  readonly maxVirtualProcessors: number;
  readonly maxProcUnits: number;
  readonly weight: number;
  readonly entitledProcCycles: number;
  readonly utilizedCappedProcCycles: number;
  readonly utilizedUnCappedProcCycles: number;
  /** Absent from a partition of the capture phyp_pcm_data2.txt. */
  readonly idleProcCycles?: number;
  readonly donatedProcCycles: number;
  readonly timeSpentWaitingForDispatch: number;
  readonly totalInstructions: number;
  readonly totalInstructionsExecutionTime: number;
}

export interface VirtualEthernetMetrics {
  readonly vlanId: number;
  readonly vswitchId: number;
  readonly physicalLocation: string;
  readonly isPortVLANID: boolean;
  readonly receivedPackets: number;
  readonly sentPackets: number;
  readonly droppedPackets: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly receivedPhysicalPackets: number;
  readonly sentPhysicalPackets: number;
  readonly droppedPhysicalPackets: number;
  readonly sentPhysicalBytes: number;
  readonly receivedPhysicalBytes: number;
}

export interface SRIOVLogicalPortMetrics {
  readonly drcIndex: number | string;
  readonly physicalDrcIndex: number | string;
  readonly physicalPortId: number;
  readonly physicalLocation: string;
  readonly receivedPackets: number;
  readonly sentPackets: number;
  readonly droppedSentPackets: number;
  readonly droppedReceivedPackets: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly errorIn: number;
  readonly errorOut: number;
}

export interface HypervisorNetworkMetrics {
  readonly virtualEthernetAdapters?: readonly VirtualEthernetMetrics[];
  readonly sriovLogicalPorts?: readonly SRIOVLogicalPortMetrics[];
}

/** Where a partition's virtual adapters end: the VIOS has the figures. */
export interface HypervisorStorageMetrics {
  readonly genericVirtualAdapters?: readonly {
    readonly physicalLocation: string;
    readonly viosId: number;
    readonly viosAdapterSlotId: number;
  }[];
  readonly virtualFiberChannelAdapters?: readonly {
    readonly physicalLocation: string;
    readonly viosId: number;
    /** Decimal 64-bit integers as text; older consoles spell the key without the capital. */
    readonly wwpnPair?: readonly string[];
    readonly wwpnpair?: readonly string[];
  }[];
}

/** A partition or VIOS as the hypervisor sees it. */
export interface HypervisorPartitionMetrics {
  readonly id: number;
  readonly uuid: string;
  /** `aixlinux`, …; absent for VIOSes. */
  readonly type?: string;
  readonly name: string;
  /** `Not Activated`, `Running`, … */
  readonly state: string;
  readonly affinityScore: number;
  /** MB; VIOSes have `assignedMem` instead of the other two. */
  readonly memory: {
    readonly logicalMem?: number;
    readonly backedPhysicalMem?: number;
    readonly assignedMem?: number;
  };
  readonly processor: ProcessorMetrics;
  /** Absent while the partition is off, or where the platform does not collect it. */
  readonly network?: HypervisorNetworkMetrics;
  readonly storage?: HypervisorStorageMetrics;
}

/** The hypervisor's sample (category `phyp`). */
export interface HypervisorSample {
  readonly timeStamp: string;
  readonly status: number;
  readonly errorInfo: readonly unknown[];
  /** Cycles elapsed per core. */
  readonly timeBasedCycles: number;
  readonly systemFirmware: { readonly utilizedProcCycles: number; readonly assignedMem: number };
  readonly processor: {
    readonly totalProcUnits: number;
    readonly configurableProcUnits: number;
    readonly availableProcUnits: number;
    readonly procCyclesPerSecond: number;
  };
  /** MB */
  readonly memory: {
    readonly totalMem: number;
    readonly availableMem: number;
    readonly configurableMem: number;
  };
  readonly sharedProcessorPool: readonly {
    readonly id: number;
    readonly name: string;
    readonly assignedProcCycles: number;
    readonly utilizedPoolCycles: number;
    readonly maxProcUnits: number;
    readonly borrowedPoolProcUnits: number;
  }[];
  readonly lparsUtil: readonly HypervisorPartitionMetrics[];
  readonly viosUtil: readonly HypervisorPartitionMetrics[];
}
