import {
  type LensOf,
  SRIOVAdapter,
  SRIOVConvergedNetworkAdapterPhysicalPort,
  SRIOVEthernetLogicalPort,
  SRIOVEthernetPhysicalPort,
  type sriovEthernetPortFields,
  VirtualNICDedicated,
  VirtualNICSRIOVBackingDevice,
} from '@openstack-powervm/rest';
import { type Around, type ClassMapping, mapped, mappedResource } from './table.js';

/** The other client has percentages as fractions. */
function fraction(percent: number | undefined): number | undefined {
  return percent === undefined ? undefined : percent / 100;
}

type AnyPort = LensOf<typeof sriovEthernetPortFields>;

const adapterAround = ({ parent }: Around) => parent && SRIOVAdapter.lens(parent);

const port = {
  allocated_capacity: (p: AnyPort) => fraction(p.allocatedCapacity),
  cfg_lps: (p: AnyPort) => p.configuredEthernetLogicalPorts,
  cfg_max_lps: (p: AnyPort) => p.configuredMaxEthernetLogicalPorts,
  curr_speed: (p: AnyPort) => p.currentConnectionSpeed,
  flow_ctl: (p: AnyPort) => p.configuredFlowControl ?? false,
  label: (p: AnyPort) => p.label,
  link_status: (p: AnyPort) => p.linkStatus ?? false,
  loc_code: (p: AnyPort) => p.locationCode,
  min_granularity: (p: AnyPort) => fraction(p.minimumEthernetCapacityGranularity),
  mtu: (p: AnyPort) => p.configuredMTU,
  port_id: (p: AnyPort) => p.physicalPortID,
  sriov_adap: (_: AnyPort, around: Around) => adapterAround(around),
  sriov_adap_id: (_: AnyPort, around: Around) => adapterAround(around)?.sriovAdapterID,
  sublabel: (p: AnyPort) => p.subLabel,
  supp_max_lps: (p: AnyPort) => p.maxSupportedEthernetLogicalPorts,
  switch_mode: (p: AnyPort) => p.configuredPortSwitchMode,
};

export const sriovMappings: Readonly<Record<string, ClassMapping>> = {
  'iocard.SRIOVAdapter': mapped(SRIOVAdapter, {
    description: (a) => a.description,
    id: (a) => a.adapterID?.toString(),
    mode: (a) => a.adapterMode,
    personality: (a) => a.personality,
    phys_loc_code: (a) => a.physicalLocation,
    phys_ports: (a) => [...a.convergedEthernetPhysicalPorts, ...a.ethernetPhysicalPorts],
    sriov_adap_id: (a) => a.sriovAdapterID,
    state: (a) => a.adapterState,
    // No capture gives these adapters the names that other adapters have; the declaration has no such element.
    dev_name: () => undefined,
    dev_type: () => undefined,
    drc_name: () => undefined,
    udid: () => undefined,
  }),
  'iocard.SRIOVConvPPort': mapped(SRIOVConvergedNetworkAdapterPhysicalPort, port),
  'iocard.SRIOVEthPPort': mapped(SRIOVEthernetPhysicalPort, port),
  'iocard.SRIOVEthLPort': mappedResource(SRIOVEthernetLogicalPort, {
    allowed_macs: (p) => p.allowedMACAddresses,
    allowed_vlans: (p) => p.allowedVLANs,
    cfg_capacity: (p) => fraction(p.configuredCapacity),
    cfg_max_capacity: (p) => fraction(p.configuredMaxCapacity),
    cur_mac: (p) => p.currentMACAddress,
    dev_name: (p) => p.deviceName,
    is_promisc: (p) => p.isPromiscous ?? false,
    loc_code: (p) => p.locationCode,
    lport_id: (p) => p.logicalPortID,
    mac: (p) => p.macAddress,
    pport_id: (p) => p.physicalPortID,
    pvid: (p) => p.portVLANID,
    sriov_adap_id: (p) => p.adapterID,
    vnic_port_usage: (p) => p.vnicPortUsage,
  }),
  'iocard.VNIC': mappedResource(VirtualNICDedicated, {
    allowed_macs: (v) => v.details?.allowedOperatingSystemMACAddresses,
    allowed_vlans: (v) => v.details?.allowedVLANIDs,
    auto_pri_failover: (v) => v.details?.autoFailBack ?? false,
    // Devices may share a choice (protocol reference 3.11).
    back_devs: (v) =>
      v.associatedBackingDevices.toArray().flatMap((choice) => choice.virtualNICSRIOVBackingDevice.toArray()),
    capacity: (v) => fraction(v.details?.desiredCapacityPercentage),
    drc_name: (v) => v.dynamicReconfigurationConnectorName,
    gateway: (v) => v.details?.gateway,
    ip_address: (v) => v.details?.ipAddress,
    lpar_id: (v) => v.localPartitionID,
    mac: (v) => v.details?.macAddress,
    pvid: (v) => v.details?.portVLANID,
    slot: (v) => v.virtualSlotNumber,
    subnet_mask: (v) => v.details?.subnetMask,
  }),
  'iocard.VNICBackDev': mapped(VirtualNICSRIOVBackingDevice, {
    capacity: (d) => fraction(d.currentCapacityPercentage),
    desired_max_capacity: (d) => fraction(d.desiredMaxCapacityPercentage),
    failover_pri: (d) => d.failOverPriority,
    is_active: (d) => d.isActive ?? false,
    lport_href: (d) => d.relatedSRIOVLogicalPort,
    max_capacity: (d) => fraction(d.maxCapacityPercentage),
    pport_id: (d) => d.relatedSRIOVPhysicalPortID,
    sriov_adap_id: (d) => d.relatedSRIOVAdapterID,
    status: (d) => d.status,
    vios_href: (d) => d.associatedVirtualIOServer,
  }),
};
