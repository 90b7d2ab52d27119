import { BYTES_PER_PACKET, type LoadCounters, loadOf } from '../world/load.js';
import { slotLocation } from '../world/partition.js';
import type { VirtualIOServer } from '../world/vios.js';

/** What a VIOS measures (protocol reference 8.17; capture vios_pcm_data.txt). Its id is text here. */
export function viosSample(vios: VirtualIOServer, at: number, timeStamp: string) {
  const util = {
    id: String(vios.id),
    name: vios.name,
    memory: { utilizedMem: Math.round(vios.memory.runtimeMb * 0.4) },
    network: { genericAdapters: ethernetAdapters(vios, at), sharedAdapters: [] },
    storage: {
      fiberChannelAdapters: fibreChannelAdapters(vios, at),
      genericPhysicalAdapters: [],
      genericVirtualAdapters: virtualAdapters(vios, at),
    },
  };
  return { timeStamp, status: 0, errorInfo: [], viosUtil: [util] };
}

function ethernetAdapters(vios: VirtualIOServer, at: number) {
  const load = loadOf(vios, at);
  return vios.ethernetDevices.map((device, index) => ({
    id: device.name,
    type: 'physical',
    physicalLocation: device.location,
    receivedPackets: index === 0 ? load.receivedPackets : 0,
    sentPackets: index === 0 ? load.sentPackets : 0,
    droppedPackets: 0,
    receivedBytes: index === 0 ? load.receivedPackets * BYTES_PER_PACKET : 0,
    sentBytes: index === 0 ? load.sentPackets * BYTES_PER_PACKET : 0,
  }));
}

function virtualAdapters(vios: VirtualIOServer, at: number) {
  const buses = new Map(vios.scsiMappings.map(({ adapters }) => [adapters.serverSlot, adapters]));
  return [...buses.values()].map((adapters) => ({
    id: adapters.name,
    type: 'virtual',
    physicalLocation: slotLocation(vios, adapters.serverSlot),
    ...transfers(adapters.client === undefined ? undefined : loadOf(adapters.client, at)),
  }));
}

function fibreChannelAdapters(vios: VirtualIOServer, at: number) {
  return vios.fibreChannelPorts.map((port) => {
    const ports = vios.fibreChannelMappings
      .filter((mapping) => mapping.port === port)
      .map((mapping) => ({
        id: mapping.name,
        wwpn: mapping.wwpns[0],
        physicalLocation: slotLocation(vios, mapping.serverSlot),
        ...transfers(mapping.client === undefined ? undefined : loadOf(mapping.client, at)),
        runningSpeed: 8,
      }));
    return {
      id: port.name,
      wwpn: port.wwpn,
      physicalLocation: port.location,
      ...transfers(undefined),
      runningSpeed: 8,
      ports,
    };
  });
}

function transfers(load: LoadCounters | undefined) {
  const { reads = 0, writes = 0 } = load ?? {};
  return {
    numOfReads: reads,
    numOfWrites: writes,
    readBytes: reads * 4096,
    writeBytes: writes * 4096,
  };
}
