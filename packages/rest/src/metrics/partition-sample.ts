/** What the operating systems of partitions say (category `lpar`, every two minutes, protocol reference 8.17). */
export interface PartitionMetrics {
  readonly uuid: string;
  /** Partition id, as text. */
  readonly id: string;
  readonly name: string;
  readonly timeStamp: string;
  /** Absent when the partition could not be asked. */
  readonly memory?: PartitionMemoryMetrics;
  /** `6001`: not running; `6003`: no connection to it. */
  readonly errorInfo?: { readonly errorId: string; readonly message: string };
}

export interface PartitionMemoryMetrics {
  /** % */
  readonly pctRealMemAvbl: number;
  /** % */
  readonly pctRealMemFree: number;
  readonly realMemSizeBytes: number;
  readonly totalPgSpSizeCount: number;
  readonly totalPgSpFreeCount: number;
  readonly vmActivePgCount: number;
  readonly vmPgInRate: number;
  readonly vmPgOutRate: number;
  readonly vmPgSpInRate: number;
  readonly vmPgSpOutRate: number;
}
