import { resource } from '../../schema/declare.js';
import { flag, integer, links, percent, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** A virtual function of an SR-IOV port, given to a partition. */
export const SRIOVEthernetLogicalPort = resource(
  'SRIOVEthernetLogicalPort',
  {
    evidence: 'protocol reference 3.10; capture sriov_lp_feed.txt',
    parents: ['LogicalPartition', 'VirtualIOServer'],
  },
  {
    configurationID: integer('ConfigurationID', 'COD'),
    logicalPortID: integer('LogicalPortID', 'COD'),
    adapterID: integer('AdapterID', 'COR'),
    dynamicReconfigurationConnectorName: text('DynamicReconfigurationConnectorName', 'ROR'),
    isFunctional: flag('IsFunctional', 'ROR'),
    isPromiscous: flag('IsPromiscous', 'CUR', { note: 'The misspelling is part of the schema.' }),
    isDiagnostic: flag('IsDiagnostic', 'CUR'),
    isDebug: flag('IsDebug', 'unseen'),
    isHugeDMA: flag('IsHugeDMA', 'CUR'),
    deviceName: text('DeviceName', 'ROR'),
    configuredCapacity: percent('ConfiguredCapacity', 'CUR'),
    configuredMaxCapacity: percent('ConfiguredMaxCapacity', 'CUR'),
    physicalPortID: integer('PhysicalPortID', 'COR'),
    portVLANID: integer('PortVLANID', 'CUR', { note: '0 means none.' }),
    locationCode: text('LocationCode', 'ROR'),
    tuningBufferID: integer('TuningBufferID', 'CUR'),
    vnicPortUsage: text('VNICPortUsage', 'ROR', { values: ['NOT_VNIC', 'DEDICATED_VNIC', 'SHARED_VNIC'] }),
    associatedLogicalPartitions: links('AssociatedLogicalPartitions', 'unseen'),
    allowedMACAddresses: text('AllowedMACAddresses', 'CUD'),
    macAddress: text('MACAddress', 'CUD'),
    currentMACAddress: text('CurrentMACAddress', 'ROR'),
    ieee8021QAllowablePriorities: integer('IEEE8021QAllowablePriorities', 'CUD'),
    ieee8021QPriority: integer('IEEE8021QPriority', 'CUD'),
    macAddressFlags: text('MACAddressFlags', 'unseen'),
    numberOfAllowedVLANs: integer('NumberOfAllowedVLANs', 'CUD'),
    allowedVLANs: text('AllowedVLANs', 'CUD'),
  },
);
export type SRIOVEthernetLogicalPort = Lens<typeof SRIOVEthernetLogicalPort>;
