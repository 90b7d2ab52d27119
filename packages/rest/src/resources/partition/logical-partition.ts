import { resource } from '../../schema/declare.js';
import { decimal, flag, integer, link, links, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { BootListInformation } from './boot-list.js';
import { partitionFields } from './partition.js';

/** A client partition. */
export const LogicalPartition = resource(
  'LogicalPartition',
  {
    evidence: 'protocol reference 3.3, 3.4; capture lpar.txt',
    root: true,
    parents: ['ManagedSystem'],
    search: ['PartitionName', 'PartitionID'],
    groups: ['Advanced', 'EnergyManagement'],
  },
  {
    ...partitionFields,
    migrationStorageViosDataStatus: text('MigrationStorageViosDataStatus', 'unseen'),
    migrationStorageViosDataTimestamp: text('MigrationStorageViosDataTimestamp', 'unseen'),
    remoteRestartCapable: flag('RemoteRestartCapable', 'COD'),
    simplifiedRemoteRestartCapable: flag('SimplifiedRemoteRestartCapable', 'CUD', {
      since: 'V1_2_0',
      evidence: 'protocol reference 2.12; the capture is of an older schema',
    }),
    hasDedicatedProcessorsForMigration: flag('HasDedicatedProcessorsForMigration', 'ROR'),
    suspendCapable: flag('SuspendCapable', 'CUD'),
    migrationDisable: flag('MigrationDisable', 'unseen'),
    migrationState: text('MigrationState', 'ROR'),
    remoteRestartState: text('RemoteRestartState', 'ROR'),
    primaryPagingServicePartition: link('PrimaryPagingServicePartition', 'unseen'),
    powerManagementMode: text('PowerManagementMode', 'CUR'),
    secondaryPagingServicePartition: link('SecondaryPagingServicePartition', 'unseen'),
    usesHighSpeedLinkOpticonnect: flag('UsesHighSpeedLinkOpticonnect', 'CUA'),
    usesVirtualOpticonnect: flag('UsesVirtualOpticonnect', 'CUA'),
    virtualFibreChannelClientAdapters: links('VirtualFibreChannelClientAdapters', 'CUR'),
    virtualSCSIClientAdapters: links('VirtualSCSIClientAdapters', 'CUR'),
    isRestrictedIOPartition: flag('IsRestrictedIOPartition', 'CUD'),
    storageDeviceUniqueDeviceID: text('StorageDeviceUniqueDeviceID', 'unseen'),
    designatedIPLSource: text('DesignatedIPLSource', 'CUR'),
    dedicatedVirtualNICs: links('DedicatedVirtualNICs', 'unseen'),
    bootListInformation: nested(BootListInformation, 'BootListInformation', 'unseen'),
    virtualSerialNumber: text('VirtualSerialNumber', 'UOD', { since: 'V1_13_0' }),
    associatedIBMiVirtualSoftwareTier: text('AssociatedIBMiVirtualSoftwareTier', 'unseen', {
      since: 'V1_14_0',
    }),
    kvmCapable: flag('KvmCapable', 'unseen', { since: 'V1_14_0' }),
    kvmMemoryOverhead: decimal('KvmMemoryOverhead', 'unseen', {
      since: 'V1_14_0',
      note: 'Per cent, 0.0 to 100.0.',
    }),
    minimumAffinityScore: integer('MinimumAffinityScore', 'unseen', { since: 'V1_14_0' }),
    minimumAffinityScoreAction: text('MinimumAffinityScoreAction', 'unseen', { since: 'V1_14_0' }),
  },
);
export type LogicalPartition = Lens<typeof LogicalPartition>;
