import { resource } from '../../schema/declare.js';
import { flag, integer, links, list, nested, text, texts } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { MachineTypeModelAndSerialNumber } from './machine-type.js';
import { AssociatedIPLConfiguration } from './system-boot.js';
import { AssociatedSystemCapabilities } from './system-capabilities.js';
import { AssociatedSystemIOConfiguration } from './system-io.js';
import { AssociatedSystemMemoryConfiguration } from './system-memory.js';
import { SystemMigrationInformation } from './system-migration.js';
import { SystemPersistentMemoryConfiguration } from './system-persistent-memory.js';
import { AssociatedSystemProcessorConfiguration } from './system-processors.js';
import { AssociatedSystemSecurity } from './system-security.js';
import { AssociatedSystemVirtualStorage } from './system-virtual-storage.js';
import { IBMiVirtualSoftwareTier } from './virtual-software-tier.js';

/** A Power server. A NovaLink endpoint has exactly one. Changed (SR-IOV ports) by posting the whole object. */
export const ManagedSystem = resource(
  'ManagedSystem',
  {
    evidence: 'protocol reference 3.2; captures managedsystem.txt, sys_with_sriov.txt',
    root: true,
    groups: ['SystemNetwork'],
  },
  {
    associatedIPLConfiguration: nested(AssociatedIPLConfiguration, 'AssociatedIPLConfiguration', 'CUD', {
      group: 'Hypervisor',
    }),
    associatedLogicalPartitions: links('AssociatedLogicalPartitions', 'CUD'),
    associatedReservedStorageDevicePool: text('AssociatedReservedStorageDevicePool', 'CUD'),
    associatedSystemCapabilities: nested(AssociatedSystemCapabilities, 'AssociatedSystemCapabilities', 'CUD'),
    associatedSystemIOConfiguration: nested(
      AssociatedSystemIOConfiguration,
      'AssociatedSystemIOConfiguration',
      'CUD',
    ),
    associatedSystemMemoryConfiguration: nested(
      AssociatedSystemMemoryConfiguration,
      'AssociatedSystemMemoryConfiguration',
      'CUD',
    ),
    associatedSystemProcessorConfiguration: nested(
      AssociatedSystemProcessorConfiguration,
      'AssociatedSystemProcessorConfiguration',
      'CUD',
    ),
    associatedSystemVirtualStorage: nested(
      AssociatedSystemVirtualStorage,
      'AssociatedSystemVirtualStorage',
      'CUD',
    ),
    associatedSystemSecurity: nested(AssociatedSystemSecurity, 'AssociatedSystemSecurity', 'CUD'),
    associatedVirtualIOServers: links('AssociatedVirtualIOServers', 'CUD'),
    currentMaximumPartitionsPerHostChannelAdapter: integer(
      'CurrentMaximumPartitionsPerHostChannelAdapter',
      'ROR',
    ),
    detailedState: text('DetailedState', 'ROR'),
    machineTypeModelAndSerialNumber: nested(
      MachineTypeModelAndSerialNumber,
      'MachineTypeModelAndSerialNumber',
      'ROR',
    ),
    manufacturingDefaultConfigurationEnabled: flag('ManufacturingDefaultConfigurationEnabled', 'ROR'),
    maximumPartitions: integer('MaximumPartitions', 'CUD'),
    maximumPowerControlPartitions: integer('MaximumPowerControlPartitions', 'CUD'),
    maximumRemoteRestartPartitions: integer('MaximumRemoteRestartPartitions', 'CUD'),
    maximumSharedProcessorCapablePartitionID: integer('MaximumSharedProcessorCapablePartitionID', 'CUD'),
    maximumSuspendablePartitions: integer('MaximumSuspendablePartitions', 'CUD'),
    pendingMaximumPartitionsPerHostChannelAdapter: integer(
      'PendingMaximumPartitionsPerHostChannelAdapter',
      'CUD',
    ),
    physicalSystemAttentionLEDState: flag('PhysicalSystemAttentionLEDState', 'ROO'),
    primaryIPAddress: text('PrimaryIPAddress', 'CUR'),
    secondaryIPAddress: text('SecondaryIPAddress', 'CUD'),
    serviceProcessorFailoverEnabled: flag('ServiceProcessorFailoverEnabled', 'CUD'),
    serviceProcessorFailoverState: text('ServiceProcessorFailoverState', 'ROO'),
    serviceProcessorVersion: text('ServiceProcessorVersion', 'ROR'),
    state: text('State', 'ROR'),
    systemName: text('SystemName', 'CUR'),
    systemTime: integer('SystemTime', 'CUD', { unit: 'epoch ms' }),
    virtualSystemAttentionLEDState: flag('VirtualSystemAttentionLEDState', 'ROO'),
    systemMigrationInformation: nested(SystemMigrationInformation, 'SystemMigrationInformation', 'ROR'),
    referenceCode: text('ReferenceCode', 'ROO', { volatile: true }),
    isPowerVMManagementMaster: flag('IsPowerVMManagementMaster', 'ROO', {
      since: 'V1_3_0',
      note: 'Absent means true.',
    }),
    isPowerVMManagementController: flag('IsPowerVMManagementController', 'ROO', {
      since: 'V1_12_0',
      note: 'Absent means true.',
    }),
    isManagementPartitionPowerVMManagementMaster: flag(
      'IsManagementPartitionPowerVMManagementMaster',
      'ROO',
      { since: 'V1_3_0' },
    ),
    isManagementPartitionPowerVMManagementController: flag(
      'IsManagementPartitionPowerVMManagementController',
      'ROO',
      { since: 'V1_12_0' },
    ),
    isHMCPowerVMManagementMaster: flag('IsHMCPowerVMManagementMaster', 'ROO', { since: 'V1_3_0' }),
    isHMCPowerVMManagementController: flag('IsHMCPowerVMManagementController', 'ROO', { since: 'V1_12_0' }),
    associatedGroups: text('AssociatedGroups', 'ROO', { since: 'V1_2_0' }),
    associatedTasks: text('AssociatedTasks', 'ROO', { since: 'V1_2_0' }),
    meteredPoolID: text('MeteredPoolID', 'ROR', { since: 'V1_8_0' }),
    processorThrottling: flag('ProcessorThrottling', 'ROR', { since: 'V1_8_0' }),
    supportedIBMiConsoleCodePage: texts('SupportedIBMiConsoleCodePage', 'ROO', { since: 'V1_8_0' }),
    ibmiVirtualSoftwareTiers: list(IBMiVirtualSoftwareTier, 'IBMiVirtualSoftwareTiers', 'unseen'),
    associatedPersistentMemoryConfiguration: nested(
      SystemPersistentMemoryConfiguration,
      'AssociatedPersistentMemoryConfiguration',
      'unseen',
    ),
  },
);
export type ManagedSystem = Lens<typeof ManagedSystem>;
