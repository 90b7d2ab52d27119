import type { Init, Storage, TargetDevice, VirtualSCSIMapping } from '@openstack-powervm/rest';
import { pathOf } from '../world/changes.js';
import { nameUuid } from '../world/identity.js';
import { type AnyPartition, slotLocation } from '../world/partition.js';
import {
  ANY_SLOT,
  backingDevice,
  type ScsiAdapterPair,
  type ScsiMapping,
  type ScsiStorage,
  type TargetDevice as Target,
} from '../world/scsi-mapping.js';
import type { VirtualIOServer } from '../world/vios.js';
import type { ViewContext } from './resource-kind.js';
import { unitView } from './shared-storage-view.js';
import { diskView, mediaView, objectView, volumeView } from './storage-view.js';

type View = Init<typeof VirtualSCSIMapping>;

/** One element of VirtualSCSIMappings (protocol reference 3.14; capture fake_vios_feed2.txt). */
export function mappingView(vios: VirtualIOServer, mapping: ScsiMapping, context: ViewContext): View {
  const { adapters, storage, target } = mapping;
  const { client } = adapters;
  return {
    associatedLogicalPartition: isNamed(vios, client) ? context.href(pathOf(client)) : undefined,
    clientAdapter: client === undefined ? undefined : clientView(vios, adapters, client),
    serverAdapter: serverView(vios, adapters, storage),
    storage: storage === undefined ? undefined : storageView(storage, context),
    targetDevice: target === undefined ? undefined : targetView(target),
  };
}

/** NovaLink's mappings to VIOSes do not say whose they are (capture fake_vios_hosting_vios_feed.txt). */
function isNamed(vios: VirtualIOServer, client: AnyPartition | undefined): client is AnyPartition {
  return client !== undefined && !(vios.isManagement && client.kind === 'VirtualIOServer');
}

/** What NovaLink, as a VIOS, does not tell of its adapters (capture fake_vios_hosting_vios_feed.txt). */
const untoldOfClient = { requiredAdapter: undefined, variedOn: undefined, serverLocationCode: undefined };
const untoldOfServer = { ...untoldOfClient, adapterName: undefined };

function clientView(
  vios: VirtualIOServer,
  adapters: ScsiAdapterPair,
  client: AnyPartition,
): View['clientAdapter'] {
  const location = slotLocation(client, adapters.remoteSlot);
  return {
    adapterType: 'Client',
    dynamicReconfigurationConnectorName: location,
    locationCode: location,
    localPartitionID: client.id,
    requiredAdapter: false,
    variedOn: true,
    virtualSlotNumber: adapters.remoteSlot,
    remoteLogicalPartitionID: vios.id,
    remoteSlotNumber: adapters.serverSlot,
    serverLocationCode: slotLocation(vios, adapters.serverSlot),
    ...(vios.isManagement && untoldOfClient),
  };
}

function serverView(
  vios: VirtualIOServer,
  adapters: ScsiAdapterPair,
  storage: ScsiStorage | undefined,
): View['serverAdapter'] {
  const location = slotLocation(vios, adapters.serverSlot);
  const { client, remoteSlot } = adapters;
  return {
    adapterType: 'Server',
    dynamicReconfigurationConnectorName: location,
    locationCode: location,
    localPartitionID: vios.id,
    requiredAdapter: false,
    variedOn: true,
    virtualSlotNumber: adapters.serverSlot,
    adapterName: adapters.name,
    backingDeviceName: storage === undefined ? undefined : backingDevice(vios, storage),
    remoteLogicalPartitionID: adapters.remoteId,
    remoteSlotNumber: remoteSlot,
    serverLocationCode:
      client === undefined || remoteSlot === ANY_SLOT ? undefined : slotLocation(client, remoteSlot),
    uniqueDeviceID: `1e${location}`,
    ...(vios.isManagement && untoldOfServer),
  };
}

function storageView(storage: ScsiStorage, context: ViewContext): Init<typeof Storage> {
  switch (storage.kind) {
    case 'VirtualDisk':
      return { virtualDisk: diskView(storage.disk, context) };
    case 'PhysicalVolume':
      return { physicalVolume: volumeView(storage.volume, true) };
    case 'VirtualOpticalMedia':
      return { virtualOpticalMedia: mediaView(storage.media) };
    case 'LogicalUnit':
      return { logicalUnit: unitView(storage.unit) };
    case 'BackingObject':
      return { virtualDisk: objectView(storage) };
  }
}

function targetView(target: Target): Init<typeof TargetDevice> {
  const device = { logicalUnitAddress: target.address, targetName: target.name, uniqueDeviceID: target.udid };
  switch (target.kind) {
    case 'VirtualDisk':
      return { logicalVolumeVirtualTargetDevice: device };
    case 'PhysicalVolume':
      return { physicalVolumeVirtualTargetDevice: device };
    case 'VirtualOpticalMedia':
      return { virtualOpticalTargetDevice: device };
    case 'LogicalUnit':
      return { sharedStoragePoolLogicalUnitVirtualTargetDevice: device };
  }
}

/** UUIDs of the client adapters that a partition's links name, one per bus. */
export function clientBuses(partition: AnyPartition): string[] {
  const buses = new Set<string>();
  for (const vios of partition.system.vioses) {
    for (const { adapters } of vios.scsiMappings) {
      if (adapters.client === partition) buses.add(nameUuid(`${vios.uuid}/vscsi/${adapters.serverSlot}`));
    }
  }
  return [...buses];
}
