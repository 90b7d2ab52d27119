import { activatedMemoryMb, activatedUnits, availableMemory, availableUnits } from '../world/capacity.js';
import { CYCLES_PER_SECOND, type LoadCounters, loadOf } from '../world/load.js';
import type { ManagedSystem } from '../world/managed-system.js';
import { type AnyPartition, isOff, slotLocation } from '../world/partition.js';
import { processorCount, processorUnits } from '../world/processors.js';
import { networkSample } from './network-sample.js';

/** What the hypervisor measures (protocol reference 8.17; capture phyp_pcm_data.txt). */
export function phypSample(system: ManagedSystem, at: number, timeStamp: string) {
  const partitions = [...system.partitions];
  const vioses = [...system.vioses];
  const used = [...partitions, ...vioses].reduce((sum, each) => sum + usedCycles(loadOf(each, at)), 0);
  const cycles = Math.floor((at / 1000) * CYCLES_PER_SECOND);
  return {
    timeStamp,
    status: 0,
    errorInfo: [],
    timeBasedCycles: cycles,
    systemFirmware: { utilizedProcCycles: Math.floor(cycles / 1000), assignedMem: system.hypervisorMemoryMb },
    processor: {
      totalProcUnits: system.processorUnits,
      configurableProcUnits: activatedUnits(system),
      availableProcUnits: availableUnits(system),
      procCyclesPerSecond: CYCLES_PER_SECOND,
    },
    memory: {
      totalMem: system.memoryMb,
      availableMem: availableMemory(system),
      configurableMem: activatedMemoryMb(system),
    },
    sharedProcessorPool: system.pools
      .filter((pool) => pool.id === 0 || pool.maximumUnits > 0)
      .map((pool) => ({
        id: pool.id,
        name: pool.name,
        assignedProcCycles: cycles * (pool.id === 0 ? system.processorUnits : pool.maximumUnits),
        utilizedPoolCycles: pool.id === 0 ? used : 0,
        maxProcUnits: pool.id === 0 ? system.processorUnits : pool.maximumUnits,
        borrowedPoolProcUnits: 0,
      })),
    lparsUtil: partitions.map((partition) => ({
      ...identity(partition),
      type: partition.type === 'OS400' ? 'ibmi' : 'aixlinux',
      memory: { logicalMem: partition.memory.current.desired, backedPhysicalMem: partition.memory.runtimeMb },
      processor: processorOf(partition, at),
      network: networkSample(partition, at),
      storage: storageOf(partition),
    })),
    viosUtil: vioses.map((vios) => ({
      ...identity(vios),
      memory: { assignedMem: vios.memory.current.desired },
      processor: processorOf(vios, at),
      network: networkSample(vios, at),
    })),
  };
}

function identity(partition: AnyPartition) {
  const state = isOff(partition) ? 'Not Activated' : 'Running';
  return { id: partition.id, uuid: partition.uuid, name: partition.name, state, affinityScore: 100 };
}

function processorOf(partition: AnyPartition, at: number) {
  const settings = partition.processors.current;
  const load = loadOf(partition, at);
  const shared = settings.mode === 'shared';
  return {
    poolId: shared ? settings.poolId : 0,
    mode: shared ? (settings.sharing === 'capped' ? 'cap' : 'uncap') : 'ded',
    maxVirtualProcessors: processorCount(settings),
    maxProcUnits: processorUnits(settings),
    weight: shared ? settings.weight : 0,
    entitledProcCycles: load.entitledCycles,
    utilizedCappedProcCycles: load.cappedCycles,
    utilizedUnCappedProcCycles: load.uncappedCycles,
    idleProcCycles: load.idleCycles,
    donatedProcCycles: 0,
    timeSpentWaitingForDispatch: 0,
    totalInstructions: usedCycles(load) * 2,
    totalInstructionsExecutionTime: usedCycles(load),
  };
}

const usedCycles = ({ cappedCycles, uncappedCycles }: LoadCounters): number => cappedCycles + uncappedCycles;

/** Which VIOS adapters serve the partition: the numbers are in the VIOSes' samples. */
function storageOf(partition: AnyPartition) {
  if (isOff(partition)) return undefined;
  const buses = [...partition.system.vioses].flatMap((vios) =>
    vios.scsiMappings
      .filter(({ adapters }) => adapters.client === partition)
      .map(({ adapters }) => ({
        physicalLocation: slotLocation(partition, adapters.remoteSlot),
        viosId: vios.id,
        viosAdapterSlotId: adapters.serverSlot,
      })),
  );
  const channels = [...partition.system.vioses].flatMap((vios) =>
    vios.fibreChannelMappings
      .filter(({ client }) => client === partition)
      .map(({ remoteSlot, wwpns }) => ({
        physicalLocation: slotLocation(partition, remoteSlot),
        viosId: vios.id,
        wwpnpair: wwpns.map((wwpn) => BigInt(`0x${wwpn}`).toString()),
      })),
  );
  return {
    genericVirtualAdapters: [...new Map(buses.map((bus) => [bus.physicalLocation, bus])).values()],
    virtualFiberChannelAdapters: channels,
  };
}
