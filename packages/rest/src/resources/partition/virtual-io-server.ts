import { resource } from '../../schema/declare.js';
import { flag, links, list, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { SharedEthernetAdapter } from '../network/shared-ethernet-adapter.js';
import { TrunkAdapter } from '../network/trunk-adapter.js';
import { VirtualFibreChannelMapping } from '../storage/fibre-channel-mapping.js';
import { VirtualMediaRepository } from '../storage/media-repository.js';
import { PhysicalVolume } from '../storage/physical-volume.js';
import { VirtualSCSIMapping } from '../storage/scsi-mapping.js';
import { IOAdapterChoice } from '../system/io-adapter-choice.js';
import { partitionFields } from './partition.js';

/** A Virtual I/O Server: a partition that serves disks and networks to others. */
export const VirtualIOServer = resource(
  'VirtualIOServer',
  {
    evidence: 'protocol reference 3.3, 3.5; captures fake_vios_feed.txt, fake_vios_mappings.txt',
    root: true,
    parents: ['ManagedSystem'],
    search: ['PartitionName', 'PartitionID'],
  },
  {
    ...partitionFields,
    apiCapable: flag('APICapable', 'CUD'),
    isVNICCapable: flag('IsVNICCapable', 'CUD'),
    vnicFailOverCapable: flag('VNICFailOverCapable', 'CUD', { since: 'V1_4_0' }),
    serverInstallConfiguration: text('ServerInstallConfiguration', 'unseen'),
    linkAggregations: links('LinkAggregations', 'unseen'),
    managerPassthroughCapable: flag('ManagerPassthroughCapable', 'CUD'),
    mediaRepositories: list(VirtualMediaRepository, 'MediaRepositories', 'CUD', { group: 'ViosStorage' }),
    moverServicePartition: flag('MoverServicePartition', 'CUD'),
    networkBootDevices: text('NetworkBootDevices', 'unseen'),
    pagingServicePartition: flag('PagingServicePartition', 'CUD'),
    physicalVolumes: list(PhysicalVolume, 'PhysicalVolumes', 'CUD', { group: 'ViosStorage' }),
    sharedEthernetAdapters: list(SharedEthernetAdapter, 'SharedEthernetAdapters', 'CUD', {
      group: 'ViosNetwork',
    }),
    sharedStoragePoolCapable: flag('SharedStoragePoolCapable', 'unseen'),
    sharedStoragePoolVersion: text('SharedStoragePoolVersion', 'unseen'),
    storagePools: links('StoragePools', 'CUD', { group: 'ViosStorage', note: 'Links to volume groups.' }),
    trunkAdapters: list(TrunkAdapter, 'TrunkAdapters', 'CUD', { group: 'ViosNetwork' }),
    virtualIOServerLicense: text('VirtualIOServerLicense', 'unseen'),
    virtualIOServerLicenseAccepted: flag('VirtualIOServerLicenseAccepted', 'CUD'),
    virtualFibreChannelMappings: list(VirtualFibreChannelMapping, 'VirtualFibreChannelMappings', 'CUD', {
      group: 'ViosFCMapping',
    }),
    virtualSCSIMappings: list(VirtualSCSIMapping, 'VirtualSCSIMappings', 'CUD', { group: 'ViosSCSIMapping' }),
    freeIOAdaptersForLinkAggregation: list(IOAdapterChoice, 'FreeIOAdaptersForLinkAggregation', 'ROR', {
      group: 'ViosNetwork',
    }),
    freeEthenetBackingDevicesForSEA: list(IOAdapterChoice, 'FreeEthenetBackingDevicesForSEA', 'ROR', {
      group: 'ViosNetwork',
      note: 'The misspelling is part of the schema.',
    }),
    virtualNICBackingDevices: links('VirtualNICBackingDevices', 'unseen'),
    virtualIOServerCapabilities: text('VirtualIOServerCapabilities', 'unseen'),
    virtualSCSIBus: links('VirtualSCSIBus', 'unseen'),
  },
);
export type VirtualIOServer = Lens<typeof VirtualIOServer>;
