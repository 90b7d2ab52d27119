import {
  ClientNetworkAdapter,
  EthernetBackingDevice,
  type Lens,
  LoadGroup,
  NetworkBridge,
  SharedEthernetAdapter,
  TrunkAdapter,
  VirtualNetwork,
  VirtualSwitch,
} from '@openstack-powervm/rest';
import { type ClassMapping, mapped, mappedResource } from './table.js';

/** A VLAN list is text on the wire and numbers for the other client. */
function vlans(text: string | undefined): number[] {
  return text === undefined || text.trim() === '' ? [] : text.trim().split(/\s+/).map(Number);
}

/** The partition id in a virtual location code (protocol reference 2.7). */
function partitionOf(location: string | undefined): number | undefined {
  const id = location && /-V(\d+)-/.exec(location)?.[1];
  return id ? Number(id) : undefined;
}

/** Primary first: the one whose PVID is that of the whole (protocol reference 3.8). */
function primaryFirst<T extends { portVLANID: number | undefined }>(
  items: readonly T[],
  pvid: number | undefined,
): T[] {
  const primary = items.filter((each) => each.portVLANID === pvid);
  return [...primary, ...items.filter((each) => each.portVLANID !== pvid)];
}

const trunks = (sea: Lens<typeof SharedEthernetAdapter>) =>
  primaryFirst(sea.trunkAdapters.toArray(), sea.portVLANID);
const isPrimary = (sea: Lens<typeof SharedEthernetAdapter>) => (each: Lens<typeof TrunkAdapter>) =>
  each.portVLANID === sea.portVLANID;

export const networkMappings: Readonly<Record<string, ClassMapping>> = {
  'network.VSwitch': mappedResource(VirtualSwitch, {
    mode: (s) => s.switchMode,
    // One name for the default switch of both consoles (protocol reference 3.6).
    name: (s) => s.switchName?.replace('(Default)', ''),
    switch_id: (s) => s.switchID,
    vnet_uri_list: (s) => s.virtualNetworks,
  }),
  'network.VNet': mappedResource(VirtualNetwork, {
    associated_switch_uri: (n) => n.associatedSwitch,
    name: (n) => n.networkName,
    tagged: (n) => n.taggedNetwork ?? false,
    vlan: (n) => n.networkVLANID,
    vswitch_id: (n) => n.vswitchID,
  }),
  'network.NetBridge': mappedResource(NetworkBridge, {
    arbitrary_pvids: (b) =>
      primaryFirst(b.loadGroups.toArray(), b.portVLANID)
        .slice(1)
        .map((group) => group.portVLANID),
    control_channel_id: (b) => b.controlChannelID,
    load_balance: (b) => b.loadBalancingEnabled ?? false,
    load_grps: (b) => primaryFirst(b.loadGroups.toArray(), b.portVLANID),
    pvid: (b) => b.portVLANID,
    seas: (b) => b.sharedEthernetAdapters,
    vnet_uri_list: (b) => b.virtualNetworks,
    vswitch_id: (b) => b.loadGroups.at(0)?.trunkAdapters.at(0)?.virtualSwitchID,
  }),
  'network.SEA': mapped(SharedEthernetAdapter, {
    addl_adpts: (s) => trunks(s).filter((each) => !isPrimary(s)(each)),
    backing_device: (s) => s.backingDeviceChoice?.ethernetBackingDevice,
    configuration_state: (s) => s.configurationState,
    control_channel: (s) => s.controlChannelInterfaceName,
    dev_name: (s) => s.deviceName,
    ha_mode: (s) => s.highAvailabilityMode,
    is_primary: (s) => s.isPrimary ?? false,
    primary_adpt: (s) => trunks(s).find(isPrimary(s)),
    pvid: (s) => s.portVLANID,
    vio_uri: (s) => s.assignedVirtualIOServer,
  }),
  'network.EthernetBackingDevice': mapped(EthernetBackingDevice, {
    adapter_id: (d) => d.adapterID,
    dev_name: (d) => d.deviceName,
  }),
  'network.LoadGroup': mapped(LoadGroup, {
    pvid: (g) => g.portVLANID,
    tagged_vlans: (g) => vlans(g.trunkAdapters.at(0)?.taggedVLANIDs),
    trunk_adapters: (g) => g.trunkAdapters,
    vnet_uri_list: (g) => g.virtualNetworks,
  }),
  'network.TrunkAdapter': mapped(TrunkAdapter, {
    associated_vswitch_uri: (t) => t.associatedVirtualSwitch[0],
    dev_name: (t) => t.deviceName ?? 'Unknown',
    has_tag_support: (t) => t.taggedVLANSupported ?? false,
    loc_code: (t) => t.locationCode,
    pvid: (t) => t.portVLANID,
    tagged_vlans: (t) => vlans(t.taggedVLANIDs),
    trunk_pri: (t) => t.trunkPriority,
    varied_on: (t) => t.variedOn ?? false,
    vios_id: (t) => t.localPartitionID ?? partitionOf(t.locationCode),
    virtual_slot_number: (t) => t.virtualSlotNumber,
    vswitch_id: (t) => t.virtualSwitchID,
  }),
  'network.CNA': mappedResource(ClientNetworkAdapter, {
    configured_mtu: (a) => a.configuredMTU,
    dev_name: (a) => a.deviceName ?? 'Unknown',
    enabled: (a) => a.enabled ?? false,
    gateway: (a) => a.gateway,
    ip_address: (a) => a.ipAddress,
    is_tagged_vlan_supported: (a) => a.taggedVLANSupported ?? false,
    is_trunk: (a) => a.trunkPriority !== undefined,
    loc_code: (a) => a.locationCode,
    lpar_id: (a) => a.localPartitionID,
    mac: (a) => a.macAddress,
    ovs_bridge: (a) => a.ovsBridge,
    ovs_ext_ids: (a) => a.ovsPortExternalIds,
    pvid: (a) => a.portVLANID,
    slot: (a) => a.virtualSlotNumber,
    subnet_mask: (a) => a.subnetMask,
    tagged_vlans: (a) => vlans(a.taggedVLANIDs),
    trunk_pri: (a) => a.trunkPriority,
    vsi_type_id: (a) => a.virtualStationInterfaceTypeID,
    vsi_type_manager_id: (a) => a.virtualStationInterfaceManagerID,
    vsi_type_version: (a) => a.virtualStationInterfaceTypeVersion,
    vswitch_id: (a) => a.virtualSwitchID,
    vswitch_uri: (a) => a.associatedVirtualSwitch[0],
  }),
};
