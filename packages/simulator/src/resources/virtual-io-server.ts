import { VirtualIOServer as Declaration, type Init, type VirtualIOServer } from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import type { Call } from '../http/call.js';
import { freeDevices } from '../world/bridge-lifecycle.js';
import { pathOf, touch } from '../world/changes.js';
import { planChannels } from '../world/fibre-channel-update.js';
import { currentSettings, planPartitionUpdate } from '../world/partition-update.js';
import { invalid } from '../world/refusal.js';
import { updateMappings } from '../world/scsi-update.js';
import { usersOf } from '../world/storage-use.js';
import type { VirtualIOServer as Vios } from '../world/vios.js';
import { createVios, deleteVios } from '../world/vios-lifecycle.js';
import { backingView, seaView, trunkView } from './bridge-view.js';
import { readChannel } from './fibre-channel-read.js';
import { channelView } from './fibre-channel-view.js';
import { readPlan } from './partition-plan.js';
import { partitionQuick, partitionSearch } from './partition-quick.js';
import { readMemory, readProcessors, readStored } from './partition-read.js';
import { partitionLive, partitionView } from './partition-view.js';
import type { GroupSet, ResourceKind, ViewContext } from './resource-kind.js';
import { readMapping } from './scsi-mapping-read.js';
import { mappingView } from './scsi-mapping-view.js';
import { repositoryView, volumeView } from './storage-view.js';
import { systemForNew, systemOf } from './system-address.js';

type View = Init<typeof Declaration>;

/** Protocol reference 3.5. */
export const virtualIOServer: ResourceKind<Vios, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [
    { parent: undefined, list: (console) => console.systems.flatMap((system) => [...system.vioses]) },
    {
      parent: 'ManagedSystem',
      list: (console, id) => {
        const system = systemOf(console, id);
        return system === undefined ? undefined : [...system.vioses];
      },
    },
  ],
  identity: (vios) => ({ id: vios.uuid, createdAt: vios.createdAt }),
  revision: (vios) => vios.revision,
  view,
  live: partitionLive,
  create,
  update,
  remove: (call, vios) => deleteVios(call.world, vios),
  search: partitionSearch,
  quick: { ...partitionQuick, APICapable: () => true },
};

function view(vios: Vios, context: ViewContext): View {
  const backsNics = vios.system.sriovAdapters.length > 0 && !vios.isManagement;
  return {
    ...partitionView(vios, context),
    apiCapable: true,
    isVNICCapable: backsNics,
    vnicFailOverCapable: backsNics,
    managerPassthroughCapable: vios.isManagement ? undefined : true,
    moverServicePartition: vios.moverServicePartition,
    pagingServicePartition: false,
    virtualIOServerLicenseAccepted: vios.isManagement ? undefined : true,
    ...(context.wants('ViosStorage') ? storageGroup(vios, context) : {}),
    ...(context.wants('ViosNetwork') ? networkGroup(vios, context) : {}),
    virtualFibreChannelMappings: context.wants('ViosFCMapping')
      ? vios.fibreChannelMappings.map((mapping) => channelView(vios, mapping, context))
      : undefined,
    virtualSCSIMappings: context.wants('ViosSCSIMapping')
      ? vios.scsiMappings.map((mapping) => mappingView(vios, mapping, context))
      : undefined,
  };
}

function storageGroup(vios: Vios, context: ViewContext): View {
  const repositories = [...vios.volumeGroups].flatMap((group) => group.repository ?? []);
  return {
    mediaRepositories: repositories.map(repositoryView),
    physicalVolumes: vios.physicalVolumes.map((volume) =>
      volumeView(volume, usersOf(vios, volume.udid).length > 0),
    ),
    storagePools: vios.volumeGroups.map((group) => context.href(pathOf(group))),
  };
}

function networkGroup(vios: Vios, context: ViewContext): View {
  const adapters = [...vios.system.bridges].flatMap((bridge) =>
    bridge.adapters
      .filter((adapter) => adapter.vios === vios)
      .map((adapter) => seaView(bridge, adapter, context)),
  );
  const free = freeDevices(vios);
  return {
    sharedEthernetAdapters: adapters,
    trunkAdapters: vios.trunkAdapters.map((trunk) => trunkView(trunk, context)),
    freeIOAdaptersForLinkAggregation: free.map((device) => ({ ioAdapter: backingView(device) })),
    freeEthenetBackingDevicesForSEA: free.map((device) => ({
      ethernetBackingDevice: {
        adapterID: 1,
        description: device.description,
        deviceName: device.name,
        physicalLocation: device.location,
        ipInterface: { interfaceName: device.name.replace('ent', 'en'), state: 'Inactive' },
      },
    })),
  };
}

/** Protocol reference 8.1: the same elements as for an LPAR, another root and type. */
function create(call: Call, posted: VirtualIOServer, parent: string): Vios {
  const system = systemForNew(call.console, parent);
  const type = posted.partitionType ?? 'Virtual IO Server';
  if (type !== 'Virtual IO Server')
    throw invalid(`PartitionType "${type}" of a VirtualIOServer is not Virtual IO Server.`);
  return createVios(call.world, system, readPlan(system, posted, type));
}

/** The groups of the URL decide what may change (protocol reference 2.10). */
async function update(call: Call, vios: Vios, posted: VirtualIOServer, groups: GroupSet): Promise<void> {
  const present = currentSettings(vios);
  const apply = planPartitionUpdate(
    call.world,
    vios,
    {
      ...present,
      name: required(posted.partitionName, 'PartitionName'),
      memory: readMemory(posted, vios.memory.pending),
      processors: readProcessors(posted),
      maxSlots: posted.partitionIOConfiguration?.maximumVirtualIOSlots ?? present.maxSlots,
      availabilityPriority: posted.availabilityPriority ?? present.availabilityPriority,
      performanceCollection: posted.allowPerformanceDataCollection ?? present.performanceCollection,
      stored: new Map([...vios.stored, ...readStored(posted)]),
    },
    { force: call.query.get('force') === 'true' },
  );
  const applyChannels = groups.has('ViosFCMapping')
    ? planChannels(call.world, vios, posted.virtualFibreChannelMappings.map(readChannel))
    : () => {};
  if (groups.has('ViosSCSIMapping')) {
    updateMappings(call.world, vios, posted.virtualSCSIMappings.map(readMapping));
  }
  applyChannels();
  const mover = posted.moverServicePartition;
  if (mover !== undefined && mover !== vios.moverServicePartition) {
    vios.moverServicePartition = mover;
    touch(vios);
  }
  apply();
}
