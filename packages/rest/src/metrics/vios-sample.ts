/** What a VIOS says of itself (category `vios_N`, protocol reference 8.17). Sections may be missing. */

export interface AdapterTraffic {
  /** Device name. */
  readonly id: string;
  readonly type: string;
  readonly physicalLocation: string;
  readonly receivedPackets: number;
  readonly sentPackets: number;
  readonly droppedPackets: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

export interface SharedAdapterTraffic extends AdapterTraffic {
  readonly bridgedAdapters: readonly string[];
}

export interface StorageTraffic {
  /** Device name. */
  readonly id: string;
  readonly physicalLocation: string;
  readonly numOfReads: number;
  readonly numOfWrites: number;
  readonly readBytes: number;
  readonly writeBytes: number;
}

export interface FibreChannelTraffic extends StorageTraffic {
  readonly wwpn: string;
  /** Gb/s */
  readonly runningSpeed: number;
  /** Virtual ports; absent from virtual ports themselves. */
  readonly ports?: readonly FibreChannelTraffic[];
}

export interface StorageAdapterTraffic extends StorageTraffic {
  readonly type: string;
}

export interface PoolTraffic extends Omit<StorageTraffic, 'physicalLocation'> {
  readonly poolDisks: readonly string[];
  readonly totalSpace: number;
  readonly usedSpace: number;
}

export interface ViosMetrics {
  /** Partition id, as text. */
  readonly id: string;
  readonly name: string;
  /** MB */
  readonly memory?: { readonly utilizedMem: number };
  readonly network?: {
    readonly genericAdapters?: readonly AdapterTraffic[];
    readonly sharedAdapters?: readonly SharedAdapterTraffic[];
  };
  readonly storage?: {
    readonly fiberChannelAdapters?: readonly FibreChannelTraffic[];
    readonly genericPhysicalAdapters?: readonly StorageAdapterTraffic[];
    readonly genericVirtualAdapters?: readonly StorageAdapterTraffic[];
    readonly sharedStoragePools?: readonly PoolTraffic[];
  };
}

/** The sample of one VIOS. */
export interface ViosSample {
  readonly timeStamp: string;
  readonly status: number;
  readonly errorInfo: readonly unknown[];
  /** Holds one VIOS. */
  readonly viosUtil: readonly ViosMetrics[];
}
