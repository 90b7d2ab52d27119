import { loadOf } from '../world/load.js';
import type { ManagedSystem } from '../world/managed-system.js';
import { type AnyPartition, isOff } from '../world/partition.js';

/** What the operating systems report over RMC (protocol reference 8.17; capture lpar_pcm_data.txt). */
export function lparSample(system: ManagedSystem, at: number, timeStamp: string) {
  return {
    lparUtil: system.partitions.map((partition) => ({
      uuid: partition.uuid,
      id: String(partition.id),
      name: partition.name,
      timeStamp,
      ...memoryOf(partition, at),
    })),
  };
}

/** 6001: not running; 6003: running, but nobody answers. */
function memoryOf(partition: AnyPartition, at: number) {
  if (isOff(partition)) return { errorInfo: { errorId: 6001, message: 'The partition is not running.' } };
  if (partition.rmc !== 'active')
    return { errorInfo: { errorId: 6003, message: 'There is no RMC connection to the partition.' } };
  const free = 80 - (loadOf(partition, at).reads % 40);
  return {
    memory: {
      pctRealMemAvbl: free,
      totalPgSpSizeCount: 1024,
      totalPgSpFreeCount: 512,
      vmActivePgCount: 64,
      realMemSizeBytes: partition.memory.runtimeMb * 1024 * 1024,
      pctRealMemFree: free,
      vmPgInRate: 0,
      vmPgOutRate: 0,
      vmPgSpInRate: 0,
      vmPgSpOutRate: 0,
    },
  };
}
