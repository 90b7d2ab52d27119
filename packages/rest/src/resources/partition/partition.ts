import { element } from '../../schema/declare.js';
import { flag, integer, link, links, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { PartitionCapabilities } from './partition-capabilities.js';
import { PartitionIOConfiguration } from './partition-io.js';
import { PartitionMemoryConfiguration } from './partition-memory.js';
import { PartitionPersistentMemoryConfiguration } from './partition-persistent-memory.js';
import { PartitionProcessorConfiguration } from './partition-processors.js';

/** Empty in every capture. */
export const HostEthernetAdapterLogicalPorts = element(
  'HostEthernetAdapterLogicalPorts',
  { evidence: 'protocol reference 3.3; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {},
);
export type HostEthernetAdapterLogicalPorts = Lens<typeof HostEthernetAdapterLogicalPorts>;

/**
 * What a logical partition and a VIOS have in common, in schema order (protocol reference 3.3). Single captures
 * deviate from this order (2.8).
 */
export const partitionFields = {
  allowPerformanceDataCollection: flag('AllowPerformanceDataCollection', 'CUD'),
  associatedPartitionProfile: link('AssociatedPartitionProfile', 'CUD'),
  availabilityPriority: integer('AvailabilityPriority', 'UOD'),
  currentAllocatedBarrierSynchronizationRegisterArrays: integer(
    'CurrentAllocatedBarrierSynchronizationRegisterArrays',
    'ROO',
  ),
  currentProcessorCompatibilityMode: text('CurrentProcessorCompatibilityMode', 'ROO'),
  currentProfileSync: text('CurrentProfileSync', 'CUD', { values: ['On', 'Disabled'] }),
  hostname: text('Hostname', 'unseen'),
  isBootable: flag('IsBootable', 'unseen'),
  isCallHomeEnabled: flag('IsCallHomeEnabled', 'CUD'),
  isConnectionMonitoringEnabled: flag('IsConnectionMonitoringEnabled', 'UOD'),
  isOperationInProgress: flag('IsOperationInProgress', 'ROR'),
  isRedundantErrorPathReportingEnabled: flag('IsRedundantErrorPathReportingEnabled', 'UOD'),
  isTimeReferencePartition: flag('IsTimeReferencePartition', 'UOD'),
  isVirtualServiceAttentionLEDOn: flag('IsVirtualServiceAttentionLEDOn', 'ROR'),
  isVirtualTrustedPlatformModuleEnabled: flag('IsVirtualTrustedPlatformModuleEnabled', 'UOD'),
  keylockPosition: text('KeylockPosition', 'CUD', { values: ['manual', 'normal', 'unknown'] }),
  logicalSerialNumber: text('LogicalSerialNumber', 'ROR'),
  operatingSystemVersion: text('OperatingSystemVersion', 'ROR'),
  partitionCapabilities: nested(PartitionCapabilities, 'PartitionCapabilities', 'ROR'),
  partitionID: integer('PartitionID', 'COD'),
  partitionIOConfiguration: nested(PartitionIOConfiguration, 'PartitionIOConfiguration', 'CUD'),
  partitionMemoryConfiguration: nested(PartitionMemoryConfiguration, 'PartitionMemoryConfiguration', 'CUD'),
  partitionName: text('PartitionName', 'CUR'),
  partitionProcessorConfiguration: nested(
    PartitionProcessorConfiguration,
    'PartitionProcessorConfiguration',
    'CUD',
  ),
  partitionProfiles: links('PartitionProfiles', 'CUD'),
  partitionState: text('PartitionState', 'ROO', {
    values: [
      'error',
      'not activated',
      'not available',
      'open firmware',
      'running',
      'shutting down',
      'starting',
      'migrating not active',
      'migrating running',
      'hardware discovery',
      'suspended',
      'suspending',
      'resuming',
      'Unknown',
    ],
  }),
  partitionType: text('PartitionType', 'COD', { values: ['AIX/Linux', 'OS400', 'Virtual IO Server'] }),
  partitionUUID: text('PartitionUUID', 'ROO'),
  pendingProcessorCompatibilityMode: text('PendingProcessorCompatibilityMode', 'CUD'),
  processorPool: link('ProcessorPool', 'CUD'),
  progressPartitionDataRemaining: integer('ProgressPartitionDataRemaining', 'ROR'),
  progressPartitionDataTotal: integer('ProgressPartitionDataTotal', 'ROR'),
  progressState: text('ProgressState', 'ROR'),
  resourceMonitoringControlState: text('ResourceMonitoringControlState', 'ROR', {
    values: ['active', 'inactive', 'none', 'unknown', 'busy'],
  }),
  resourceMonitoringIPAddress: text('ResourceMonitoringIPAddress', 'CUD'),
  validInteractivePerformance: text('ValidInteractivePerformance', 'unseen'),
  associatedManagedSystem: link('AssociatedManagedSystem', 'CUD'),
  sriovEthernetLogicalPorts: links('SRIOVEthernetLogicalPorts', 'unseen'),
  sriovRoCELogicalPorts: links('SRIOVRoCELogicalPorts', 'unseen'),
  sriovFibreChannelOverEthernetLogicalPorts: links('SRIOVFibreChannelOverEthernetLogicalPorts', 'unseen'),
  clientNetworkAdapters: links('ClientNetworkAdapters', 'CUR'),
  hostEthernetAdapterLogicalPorts: nested(
    HostEthernetAdapterLogicalPorts,
    'HostEthernetAdapterLogicalPorts',
    'CUD',
  ),
  macAddressPrefix: text('MACAddressPrefix', 'ROR', {
    note: 'An unsigned 64-bit integer: more than a JavaScript number holds exactly.',
  }),
  isServicePartition: flag('IsServicePartition', 'CUD'),
  powerVMManagementCapable: flag('PowerVMManagementCapable', 'unseen'),
  referenceCode: text('ReferenceCode', 'ROO', { volatile: true }),
  referenceCodeFull: text('ReferenceCodeFull', 'ROO', {
    volatile: true,
    note: 'Comma list: time_stamp=...,refcode=...,word2=...',
  }),
  isManagementPartition: flag('IsManagementPartition', 'ROR', { note: 'The NovaLink partition.' }),
  autoStart: flag('AutoStart', 'CUD'),
  bootMode: text('BootMode', 'ROR', {
    values: [
      'Normal',
      'System_Management_Services',
      'Diagnostic_With_Default_Boot_List',
      'Diagnostic_With_Stored_Boot_List',
      'Open_Firmware',
      'Petitboot',
      'Unavailable',
      'Default',
      'Unknown',
    ],
  }),
  partitionNVRAM: text('PartitionNVRAM', 'CUD', {
    volatile: true,
    group: 'NVRAM',
    note: 'Base64, some 20 KB; can be written back to restore boot settings.',
  }),
  uptime: integer('Uptime', 'ROO', { volatile: true, since: 'V1_5_0' }),
  disableSecureBoot: flag('DisableSecureBoot', 'unseen', { since: 'V1_5_0' }),
  pendingSecureBoot: integer('PendingSecureBoot', 'CUD', { since: 'V1_8_0', note: '0 to 9; 0 is disabled.' }),
  currentSecureBoot: integer('CurrentSecureBoot', 'ROO', { since: 'V1_8_0', note: '0 to 9; 0 is disabled.' }),
  associatedPersistentMemoryConfiguration: nested(
    PartitionPersistentMemoryConfiguration,
    'AssociatedPersistentMemoryConfiguration',
    'ROO',
    { since: 'V1_10_0' },
  ),
  associatedGroups: text('AssociatedGroups', 'unseen'),
  powerOnWithHypervisor: flag('PowerOnWithHypervisor', 'CUD', { since: 'V1_2_0' }),
  associatedTasks: text('AssociatedTasks', 'unseen'),
  description: text('Description', 'CUD', { since: 'V1_2_0' }),
  keyStoreSize: integer('KeyStoreSize', 'UOD', { since: 'V1_13_1', unit: 'KB' }),
  lparPlacement: integer('LparPlacement', 'unseen', { since: 'V1_14_0' }),
};
