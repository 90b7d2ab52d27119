import { availableMemory, availableUnits } from '../world/capacity.js';
import { mappingsOfClient } from '../world/fibre-channel-mapping.js';
import { CYCLES_PER_SECOND, loadOf } from '../world/load.js';
import type { ManagedSystem } from '../world/managed-system.js';
import { type AnyPartition, isOff, slotLocation } from '../world/partition.js';
import { processorCount, processorUnits } from '../world/processors.js';

/** What the hypervisor measures (protocol reference 8.17; capture phyp_pcm_data.txt). */
export function phypSample(system: ManagedSystem, at: number, timeStamp: string) {
  const partitions = [...system.partitions];
  const vioses = [...system.vioses];
  const used = [...partitions, ...vioses].reduce((sum, each) => sum + loadOf(each, at).usedCycles, 0);
  const cycles = Math.floor((at / 1000) * CYCLES_PER_SECOND);
  return {
    timeStamp,
    status: 0,
    errorInfo: [],
    timeBasedCycles: cycles,
    systemFirmware: { utilizedProcCycles: Math.floor(cycles / 1000), assignedMem: system.hypervisorMemoryMb },
    processor: {
      totalProcUnits: system.processorUnits,
      configurableProcUnits: system.processorUnits,
      availableProcUnits: availableUnits(system),
      procCyclesPerSecond: CYCLES_PER_SECOND,
    },
    memory: {
      totalMem: system.memoryMb,
      availableMem: availableMemory(system),
      configurableMem: system.memoryMb,
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
      network: networkOf(partition, at),
      storage: storageOf(partition),
    })),
    viosUtil: vioses.map((vios) => ({
      ...identity(vios),
      memory: { assignedMem: vios.memory.current.desired },
      processor: processorOf(vios, at),
      network: networkOf(vios, at),
    })),
  };
}

function identity(partition: AnyPartition) {
  const state = isOff(partition) ? 'Not Activated' : 'Running';
  return { id: partition.id, uuid: partition.uuid, name: partition.name, state, affinityScore: 100 };
}

function processorOf(partition: AnyPartition, at: number) {
  const settings = partition.processors.current;
  const { entitledCycles, usedCycles, idleCycles } = loadOf(partition, at);
  const shared = settings.mode === 'shared';
  return {
    poolId: shared ? settings.poolId : 0,
    mode: shared ? (settings.sharing === 'capped' ? 'cap' : 'uncap') : 'ded',
    maxVirtualProcessors: processorCount(settings),
    maxProcUnits: processorUnits(settings),
    weight: shared ? settings.weight : 0,
    entitledProcCycles: entitledCycles,
    utilizedCappedProcCycles: usedCycles,
    utilizedUnCappedProcCycles: 0,
    idleProcCycles: idleCycles,
    donatedProcCycles: 0,
    timeSpentWaitingForDispatch: 0,
    totalInstructions: usedCycles * 2,
    totalInstructionsExecutionTime: usedCycles,
  };
}

function networkOf(partition: AnyPartition, at: number) {
  const packets = loadOf(partition, at).operations;
  return {
    virtualEthernetAdapters: partition.adapters.map((adapter) => ({
      vlanId: adapter.portVlan,
      vswitchId: adapter.switch.id,
      physicalLocation: slotLocation(partition, adapter.slot),
      isPortVLANID: true,
      receivedPackets: packets,
      sentPackets: packets,
      droppedPackets: 0,
      sentBytes: packets * 900,
      receivedBytes: packets * 900,
      receivedPhysicalPackets: packets,
      sentPhysicalPackets: packets,
      droppedPhysicalPackets: 0,
      sentPhysicalBytes: packets * 900,
      receivedPhysicalBytes: packets * 900,
    })),
    sriovLogicalPorts: [],
  };
}

/** Which VIOS adapters serve the partition: the numbers are in the VIOSes' samples. */
function storageOf(partition: AnyPartition) {
  const buses = [...partition.system.vioses].flatMap((vios) =>
    vios.scsiMappings
      .filter(({ adapters }) => adapters.client === partition)
      .map(({ adapters }) => ({
        physicalLocation: slotLocation(partition, adapters.remoteSlot),
        viosId: vios.id,
        viosAdapterSlotId: adapters.serverSlot,
      })),
  );
  const channels = mappingsOfClient(partition).map((mapping) => ({
    physicalLocation: slotLocation(partition, mapping.remoteSlot),
    wwpnpair: mapping.wwpns.map((wwpn) => BigInt(`0x${wwpn}`).toString()),
  }));
  return {
    genericVirtualAdapters: [...new Map(buses.map((bus) => [bus.physicalLocation, bus])).values()],
    virtualFiberChannelAdapters: channels,
  };
}
