import type {
  EthernetBackingDevice,
  Init,
  LoadGroup,
  SharedEthernetAdapter,
  TrunkAdapter,
} from '@openstack-powervm/rest';
import { pathOf } from '../world/changes.js';
import type { EthernetDevice } from '../world/ethernet-device.js';
import type {
  LoadGroup as Group,
  NetworkBridge,
  SharedEthernetAdapter as Sea,
  TrunkAdapter as Trunk,
} from '../world/network-bridge.js';
import { slotLocation } from '../world/partition.js';
import type { ViewContext } from './resource-kind.js';

/** Captures fake_network_bridge.txt and, for the switch link, fake_vios.txt. */
export function trunkView(trunk: Trunk, context: ViewContext): Init<typeof TrunkAdapter> {
  const location = slotLocation(trunk.vios, trunk.slot);
  return {
    dynamicReconfigurationConnectorName: location,
    locationCode: location,
    requiredAdapter: true,
    variedOn: true,
    virtualSlotNumber: trunk.slot,
    allowedOperatingSystemMACAddresses: 'ALL',
    macAddress: trunk.mac,
    portVLANID: trunk.portVlan,
    qualityOfServicePriorityEnabled: false,
    taggedVLANIDs: trunk.taggedVlans.length === 0 ? undefined : trunk.taggedVlans.join(' '),
    taggedVLANSupported: trunk.taggedVlans.length > 0,
    associatedVirtualSwitch: [context.href(pathOf(trunk.switch))],
    virtualSwitchID: trunk.switch.id,
    deviceName: trunk.deviceName,
    trunkPriority: trunk.priority,
  };
}

export function seaView(
  bridge: NetworkBridge,
  sea: Sea,
  context: ViewContext,
): Init<typeof SharedEthernetAdapter> {
  const address = sea.vios.rmcAddress;
  return {
    assignedVirtualIOServer: context.href(pathOf(sea.vios)),
    controlChannelInterfaceName: sea.controlChannel?.deviceName,
    backingDeviceChoice: { ethernetBackingDevice: backingView(sea.backing) },
    highAvailabilityMode: bridge.adapters.length < 2 ? 'disabled' : bridge.loadBalancing ? 'sharing' : 'auto',
    deviceName: sea.deviceName,
    jumboFramesEnabled: false,
    portVLANID: bridge.portVlan,
    qualityOfServiceMode: 'disabled',
    queueSize: 8192,
    threadModeEnabled: true,
    trunkAdapters: sea.trunks.map((trunk) => trunkView(trunk, context)),
    isPrimary: sea.isPrimary,
    ipInterface: {
      interfaceName: sea.deviceName.replace('ent', 'en'),
      ipAddress: address,
      subnetMask: address === undefined ? undefined : '255.255.255.0',
      state: address === undefined ? 'Inactive' : 'Active',
    },
    uniqueDeviceID: sea.udid,
    largeSend: true,
    configurationState: 'Configured',
  };
}

export function backingView(device: EthernetDevice): Init<typeof EthernetBackingDevice> {
  return {
    adapterID: 1,
    description: device.description,
    deviceName: device.name,
    deviceType: 'physicalEthernetAdpter',
    dynamicReconfigurationConnectorName: device.location,
    physicalLocation: device.location,
    uniqueDeviceID: `13${device.location}`,
  };
}

/** The links are the networks of the group's VLANs, its PVID included (protocol reference 3.8). */
export function loadGroupView(
  bridge: NetworkBridge,
  group: Group,
  context: ViewContext,
): Init<typeof LoadGroup> {
  return {
    portVLANID: group.portVlan,
    trunkAdapters: group.trunks.map((trunk) => trunkView(trunk, context)),
    virtualNetworks: networkLinks(bridge, [group], context),
  };
}

export function networkLinks(
  bridge: NetworkBridge,
  groups: readonly Group[],
  context: ViewContext,
): string[] {
  const vlans = new Set(groups.flatMap((group) => [group.portVlan, ...group.taggedVlans]));
  return bridge.system.networks
    .filter((network) => network.switch === bridge.switch && vlans.has(network.vlan))
    .map((network) => context.href(pathOf(network)));
}
