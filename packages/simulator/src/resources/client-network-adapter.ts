import { type ClientNetworkAdapter, ClientNetworkAdapter as Declaration } from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import type { Call } from '../http/call.js';
import { type AdapterPlan, createAdapter, deleteAdapter, updateAdapter } from '../world/adapter-lifecycle.js';
import { pathOf } from '../world/changes.js';
import type { ClientNetworkAdapter as Adapter } from '../world/client-network-adapter.js';
import { requireNoControlChannel } from '../world/control-channel.js';
import { uuidOfReference } from '../world/identity.js';
import { requireSettled } from '../world/migration/migration.js';
import { type AnyPartition, slotLocation } from '../world/partition.js';
import { invalid, notFound } from '../world/refusal.js';
import type { VirtualSwitch } from '../world/virtual-switch.js';
import type { Address, ResourceKind, ViewContext } from './resource-kind.js';
import { partitionOf } from './system-address.js';
import { vlanList } from './vlans.js';

/** Protocol reference 3.9. */
export const clientNetworkAdapter: ResourceKind<Adapter, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [below('LogicalPartition'), below('VirtualIOServer')],
  identity: (adapter) => ({ id: adapter.uuid, createdAt: adapter.createdAt }),
  view,
  create,
  update: (call, adapter, posted) => {
    requireNoControlChannel(adapter);
    requireSettled(adapter.partition);
    updateAdapter(call.world, adapter, {
      mac: posted.macAddress?.toUpperCase() ?? adapter.mac,
      portVlan: posted.portVLANID ?? adapter.portVlan,
      taggedVlans: vlanList(posted.taggedVLANIDs),
      taggedSupported: posted.taggedVLANSupported ?? adapter.taggedSupported,
      switch: readSwitch(adapter.partition, posted) ?? adapter.switch,
      enabled: posted.enabled ?? adapter.enabled,
      allowedMacs: posted.allowedOperatingSystemMACAddresses ?? adapter.allowedMacs,
      trunkPriority: posted.trunkPriority,
      deviceName: posted.deviceName ?? adapter.deviceName,
      mtu: posted.configuredMTU ?? adapter.mtu,
      ovsBridge: posted.ovsBridge,
      ovsExternalIds: posted.ovsPortExternalIds,
    });
  },
  remove: (call, adapter) => {
    requireNoControlChannel(adapter);
    requireSettled(adapter.partition);
    deleteAdapter(call.world, adapter);
  },
};

function below(kind: AnyPartition['kind']): Address<Adapter> {
  return {
    parent: kind,
    list: (console, id) => {
      const partition = partitionOf(console, id);
      return partition?.kind === kind ? [...partition.adapters] : undefined;
    },
  };
}

/** Captures cna_feed.txt and fake_cna.txt. */
function view(adapter: Adapter, context: ViewContext) {
  const { partition, slot } = adapter;
  const location = slotLocation(partition, slot);
  const vlans = new Set([adapter.portVlan, ...adapter.taggedVlans]);
  return {
    dynamicReconfigurationConnectorName: location,
    locationCode: location,
    localPartitionID: partition.id,
    requiredAdapter: false,
    variedOn: true,
    virtualSlotNumber: slot,
    enabled: adapter.enabled,
    allowedOperatingSystemMACAddresses: adapter.allowedMacs,
    macAddress: adapter.mac,
    portVLANID: adapter.portVlan,
    qualityOfServicePriorityEnabled: false,
    taggedVLANIDs: adapter.taggedVlans.join(' '),
    taggedVLANSupported: adapter.taggedSupported,
    associatedVirtualSwitch: [context.href(pathOf(adapter.switch))],
    virtualSwitchID: adapter.switch.id,
    deviceName: adapter.deviceName,
    trunkPriority: adapter.trunkPriority,
    configuredMTU: adapter.mtu,
    ovsBridge: adapter.ovsBridge,
    ovsPortExternalIds: adapter.ovsExternalIds,
    virtualNetworks: partition.system.networks
      .filter((network) => network.switch === adapter.switch && vlans.has(network.vlan))
      .map((network) => context.href(pathOf(network))),
  };
}

function create(call: Call, posted: ClientNetworkAdapter, parent: string): Adapter {
  const partition = partitionOf(call.console, parent);
  if (partition === undefined) throw notFound(`There is no partition ${parent}.`);
  requireSettled(partition);
  if (call.console.kind === 'HMC' && posted.useNextAvailableHighSlotID !== undefined)
    throw invalid('UseNextAvailableHighSlotID is not known to this console.');
  return createAdapter(call.world, partition, readPlan(partition, posted));
}

function readPlan(partition: AnyPartition, posted: ClientNetworkAdapter): AdapterPlan {
  const parent = readSwitch(partition, posted);
  if (posted.ovsPortExternalIds !== undefined && posted.ovsBridge === undefined) {
    throw invalid('OvsPortExternalIds can only be given together with OvsBridge.');
  }
  const taggedVlans = vlanList(posted.taggedVLANIDs);
  return {
    slot: readSlot(posted),
    mac: posted.macAddress,
    portVlan: required(posted.portVLANID, 'PortVLANID'),
    taggedVlans,
    taggedSupported: posted.taggedVLANSupported ?? taggedVlans.length > 0,
    switch: required(parent, 'AssociatedVirtualSwitch'),
    allowedMacs: posted.allowedOperatingSystemMACAddresses,
    trunkPriority: posted.trunkPriority,
    deviceName: posted.deviceName,
    mtu: posted.configuredMTU,
    ovsBridge: posted.ovsBridge,
    ovsExternalIds: posted.ovsPortExternalIds,
  };
}

/** An explicit slot, or one of the two elements that leave the choice to the server (protocol reference 3.9). */
function readSlot(posted: ClientNetworkAdapter): AdapterPlan['slot'] {
  const high = posted.useNextAvailableHighSlotID === true;
  const next = posted.useNextAvailableSlotID === true;
  const slot = posted.virtualSlotNumber;
  if ([high, next, slot !== undefined].filter(Boolean).length !== 1) {
    throw invalid(
      'Exactly one of VirtualSlotNumber, UseNextAvailableSlotID and UseNextAvailableHighSlotID is needed.',
    );
  }
  if (high) return 'highest';
  return next ? 'next' : required(slot, 'VirtualSlotNumber');
}

function readSwitch(partition: AnyPartition, posted: ClientNetworkAdapter): VirtualSwitch | undefined {
  const href = posted.associatedVirtualSwitch[0];
  if (href === undefined) return undefined;
  const found = partition.system.switches.get(uuidOfReference(href) ?? '');
  if (found === undefined) throw invalid(`There is no virtual switch ${href}.`);
  return found;
}
