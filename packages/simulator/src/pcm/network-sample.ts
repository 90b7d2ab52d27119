import { BYTES_PER_PACKET, loadOf } from '../world/load.js';
import { type AnyPartition, isOff, slotLocation } from '../world/partition.js';
import { type LogicalPort, logicalPortIdOf, logicalPortLocation, logicalPortsOf } from '../world/sriov.js';
import { activeDevice } from '../world/vnic.js';

/** Absent while the partition is off (capture phyp_pcm_data.txt). */
export function networkSample(partition: AnyPartition, at: number) {
  if (isOff(partition)) return undefined;
  const { receivedPackets, sentPackets, droppedPackets } = loadOf(partition, at);
  return {
    virtualEthernetAdapters: partition.adapters.map((adapter) => ({
      vlanId: adapter.portVlan,
      vswitchId: adapter.switch.id,
      physicalLocation: slotLocation(partition, adapter.slot),
      isPortVLANID: true,
      receivedPackets,
      sentPackets,
      droppedPackets,
      sentBytes: sentPackets * BYTES_PER_PACKET,
      receivedBytes: receivedPackets * BYTES_PER_PACKET,
      receivedPhysicalPackets: receivedPackets,
      sentPhysicalPackets: sentPackets,
      droppedPhysicalPackets: droppedPackets,
      sentPhysicalBytes: sentPackets * BYTES_PER_PACKET,
      receivedPhysicalBytes: receivedPackets * BYTES_PER_PACKET,
    })),
    sriovLogicalPorts: logicalPortsOf(partition).map((logical) => logicalPortOf(logical, at)),
  };
}

/** A port behind a virtual NIC carries the traffic of its partition, while it is the active one. */
function logicalPortOf(logical: LogicalPort, at: number) {
  const { port, owner, vnic } = logical;
  const idle = vnic !== undefined && activeDevice(vnic)?.logicalPort !== logical;
  const load = idle ? undefined : loadOf(vnic?.partition ?? owner, at);
  const { receivedPackets = 0, sentPackets = 0, droppedPackets = 0 } = load ?? {};
  return {
    drcIndex: logicalPortIdOf(logical.number).toString(16),
    physicalDrcIndex: port.adapter.slotIndex.toString(16),
    physicalPortId: port.id,
    physicalLocation: logicalPortLocation(logical),
    receivedPackets,
    sentPackets,
    droppedSentPackets: 0,
    droppedReceivedPackets: droppedPackets,
    sentBytes: sentPackets * BYTES_PER_PACKET,
    receivedBytes: receivedPackets * BYTES_PER_PACKET,
    errorIn: 0,
    errorOut: 0,
  };
}
