import { VirtualNICDedicated as Declaration, type VirtualNICDedicated } from '@openstack-powervm/rest';
import type { Console } from '../console/console.js';
import { required } from '../documents/read-document.js';
import type { Call } from '../http/call.js';
import { pathOf } from '../world/changes.js';
import { uuidOfReference } from '../world/identity.js';
import { requireSettled } from '../world/migration/migration.js';
import { isOff, slotLocation } from '../world/partition.js';
import { invalid, notFound } from '../world/refusal.js';
import { activeDevice, type Vnic, vnicsOf } from '../world/vnic.js';
import { createVnic, deleteVnic, updateVnic, type VnicPlan } from '../world/vnic-lifecycle.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';
import { partitionOf, viosOf } from './system-address.js';

/** Protocol reference 3.11; capture vnic_feed.txt. */
export const virtualNic: ResourceKind<Vnic, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [
    {
      parent: 'LogicalPartition',
      list: (console, id) => {
        const partition = partitionOf(console, id);
        return partition?.kind === 'LogicalPartition' ? vnicsOf(partition) : undefined;
      },
    },
  ],
  identity: ({ uuid, createdAt }) => ({ id: uuid, createdAt }),
  view,
  create: (call, posted, parent) => {
    const partition = partitionOf(call.console, parent);
    if (partition?.kind !== 'LogicalPartition') throw notFound(`There is no partition ${parent}.`);
    requireSettled(partition);
    return createVnic(call.world, partition, readPlan(call, posted));
  },
  update: (call, vnic, posted) => {
    requireSettled(vnic.partition);
    updateVnic(call.world, vnic, readDetails(posted), readDevices(call.console, posted));
  },
  remove: (call, vnic) => {
    requireSettled(vnic.partition);
    deleteVnic(call.world, vnic);
  },
};

function view(vnic: Vnic, context: ViewContext) {
  return {
    dynamicReconfigurationConnectorName: slotLocation(vnic.partition, vnic.slot),
    localPartitionID: vnic.partition.id,
    virtualSlotNumber: vnic.slot,
    details: {
      portVLANID: vnic.portVlan,
      portVLANIDPriority: vnic.portVlanPriority,
      allowedVLANIDs: vnic.allowedVlans,
      macAddress: vnic.mac,
      allowedOperatingSystemMACAddresses: vnic.allowedMacs,
      osDeviceName: context.wants('VNIC') ? 'unavailable' : undefined,
      desiredMode: 'DEDICATED',
      desiredCapacityPercentage: vnic.devices[0]?.logicalPort.capacity,
    },
    // All devices in one choice, as captured; clients write one each (protocol reference 3.11).
    associatedBackingDevices: [
      { virtualNICSRIOVBackingDevice: vnic.devices.map((device) => deviceView(vnic, device, context)) },
    ],
  };
}

function deviceView(vnic: Vnic, device: Vnic['devices'][number], context: ViewContext) {
  const { vios, logicalPort, priority } = device;
  const { capacity, maxCapacity, port } = logicalPort;
  const status = isOff(vios) ? 'POWERED_OFF' : port.linkUp ? 'OPERATIONAL' : 'LINK_DOWN';
  return {
    deviceType: 'SRIOV',
    associatedVirtualIOServer: context.href(pathOf(vios)),
    isActive: activeDevice(vnic) === device,
    status,
    failOverPriority: priority,
    relatedSRIOVAdapterID: port.adapter.id,
    currentCapacityPercentage: capacity,
    maxCapacityPercentage: maxCapacity,
    relatedSRIOVPhysicalPortID: port.id,
    relatedSRIOVLogicalPort: context.href(
      `VirtualIOServer/${vios.uuid}/SRIOVEthernetLogicalPort/${logicalPort.uuid}`,
    ),
    desiredCapacityPercentage: capacity,
    desiredMaxCapacityPercentage: maxCapacity,
  };
}

function readPlan(call: Call, posted: VirtualNICDedicated): VnicPlan {
  const slot = posted.virtualSlotNumber;
  const high = posted.useNextAvailableHighSlotID === true;
  if (slot === undefined && !high && posted.useNextAvailableSlotID !== true)
    throw invalid('A vNIC needs VirtualSlotNumber, UseNextAvailableSlotID or UseNextAvailableHighSlotID.');
  return {
    slot: slot ?? (high ? 'highest' : 'next'),
    mac: posted.details?.macAddress,
    ...readDetails(posted),
    devices: readDevices(call.console, posted),
  };
}

function readDetails(posted: VirtualNICDedicated) {
  const details = required(posted.details, 'Details');
  return {
    portVlan: details.portVLANID ?? 0,
    portVlanPriority: details.portVLANIDPriority ?? 0,
    allowedVlans: details.allowedVLANIDs ?? 'ALL',
    allowedMacs: details.allowedOperatingSystemMACAddresses ?? 'ALL',
  };
}

function readDevices(console: Console, posted: VirtualNICDedicated): VnicPlan['devices'] {
  const posts = posted.associatedBackingDevices.map((choice) =>
    choice.virtualNICSRIOVBackingDevice.toArray(),
  );
  return posts.flat().map((device) => {
    const href = required(device.associatedVirtualIOServer, 'AssociatedVirtualIOServer');
    const vios = viosOf(console, uuidOfReference(href) ?? '');
    if (vios === undefined) throw notFound(`There is no VIOS ${href}.`);
    return {
      vios,
      adapterId: required(device.relatedSRIOVAdapterID, 'RelatedSRIOVAdapterID'),
      portId: required(device.relatedSRIOVPhysicalPortID, 'RelatedSRIOVPhysicalPortID'),
      capacity: device.currentCapacityPercentage,
      maxCapacity: device.maxCapacityPercentage,
      priority: device.failOverPriority ?? 50,
    };
  });
}
