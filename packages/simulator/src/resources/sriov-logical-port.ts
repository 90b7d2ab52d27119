import {
  SRIOVEthernetLogicalPort as Declaration,
  type SRIOVEthernetLogicalPort,
} from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import { requireSettled } from '../world/migration/migration.js';
import type { AnyPartition } from '../world/partition.js';
import { notFound } from '../world/refusal.js';
import {
  connectorNameOf,
  isFunctional,
  type LogicalPort,
  logicalPortIdOf,
  logicalPortLocation,
  logicalPortsOf,
} from '../world/sriov.js';
import {
  createLogicalPort,
  deleteLogicalPort,
  type LogicalPortPlan,
  updateLogicalPort,
} from '../world/sriov-lifecycle.js';
import type { Address, ResourceKind } from './resource-kind.js';
import { partitionOf } from './system-address.js';

/** Protocol reference 3.10; capture sriov_lp_feed.txt. */
export const sriovLogicalPort: ResourceKind<LogicalPort, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [below('LogicalPartition'), below('VirtualIOServer')],
  identity: ({ uuid }) => ({ id: uuid, createdAt: 0 }),
  view,
  create: (call, posted, parent) => {
    const partition = partitionOf(call.console, parent);
    if (partition === undefined) throw notFound(`There is no partition ${parent}.`);
    requireSettled(partition);
    return createLogicalPort(call.world, partition, readPlan(posted));
  },
  update: (call, logical, posted) =>
    updateLogicalPort(call.world, logical, {
      capacity: posted.configuredCapacity ?? logical.capacity,
      maxCapacity: posted.configuredMaxCapacity ?? logical.maxCapacity,
      portVlan: posted.portVLANID ?? logical.portVlan,
      allowedVlans: posted.allowedVLANs ?? logical.allowedVlans,
      allowedMacs: posted.allowedMACAddresses ?? logical.allowedMacs,
      mac: posted.macAddress?.toUpperCase() ?? logical.mac,
    }),
  remove: (call, logical) => deleteLogicalPort(call.world, logical),
};

function below(kind: AnyPartition['kind']): Address<LogicalPort> {
  return {
    parent: kind,
    list: (console, id) => {
      const partition = partitionOf(console, id);
      return partition?.kind === kind ? logicalPortsOf(partition) : undefined;
    },
  };
}

function view(logical: LogicalPort) {
  const { port, number } = logical;
  const device = connectorNameOf(number);
  return {
    configurationID: 0,
    logicalPortID: logicalPortIdOf(number),
    adapterID: port.adapter.id,
    dynamicReconfigurationConnectorName: device,
    isFunctional: isFunctional(logical),
    isPromiscous: logical.promiscuous,
    isDiagnostic: false,
    isHugeDMA: false,
    deviceName: device,
    configuredCapacity: logical.capacity,
    configuredMaxCapacity: logical.maxCapacity,
    physicalPortID: port.id,
    portVLANID: logical.portVlan,
    locationCode: logicalPortLocation(logical),
    tuningBufferID: 0,
    vnicPortUsage: logical.vnic === undefined ? 'NOT_VNIC' : 'DEDICATED_VNIC',
    allowedMACAddresses: logical.allowedMacs,
    macAddress: logical.mac,
    currentMACAddress: logical.mac,
    ieee8021QAllowablePriorities: 0,
    ieee8021QPriority: 0,
    numberOfAllowedVLANs: /^\d/.test(logical.allowedVlans) ? logical.allowedVlans.split(' ').length : 0,
    allowedVLANs: logical.allowedVlans,
  };
}

function readPlan(posted: SRIOVEthernetLogicalPort): LogicalPortPlan {
  return {
    adapterId: required(posted.adapterID, 'AdapterID'),
    portId: required(posted.physicalPortID, 'PhysicalPortID'),
    capacity: posted.configuredCapacity,
    maxCapacity: posted.configuredMaxCapacity,
    promiscuous: posted.isPromiscous ?? false,
    portVlan: posted.portVLANID ?? 0,
    allowedVlans: posted.allowedVLANs ?? 'ALL',
    allowedMacs: posted.allowedMACAddresses ?? 'ALL',
    mac: posted.macAddress,
  };
}
