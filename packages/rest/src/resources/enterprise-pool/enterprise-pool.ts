import { element, resource } from '../../schema/declare.js';
import { flag, integer, link, list, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { MachineTypeModelAndSerialNumber } from '../system/machine-type.js';

/** A console that takes part in a pool. */
export const PowerEnterprisePoolManagementConsole = element(
  'PowerEnterprisePoolManagementConsole',
  { evidence: 'protocol reference 3.20; captures enterprise_pool_feed.txt, enterprise_pool_member_feed.txt' },
  {
    managementConsoleName: text('ManagementConsoleName', 'UOR'),
    managementConsoleMachineTypeModelSerialNumber: nested(
      MachineTypeModelAndSerialNumber,
      'ManagementConsoleMachineTypeModelSerialNumber',
      'UOR',
    ),
    isMasterConsole: flag('IsMasterConsole', 'UOR'),
    isBackupMasterConsole: flag('IsBackupMasterConsole', 'UOR'),
    managementConsoleIPAddress: text('ManagementConsoleIPAddress', 'ROR'),
  },
);
export type PowerEnterprisePoolManagementConsole = Lens<typeof PowerEnterprisePoolManagementConsole>;

/** A pool of processors and memory that moves between systems (HMC). */
export const PowerEnterprisePool = resource(
  'PowerEnterprisePool',
  { evidence: 'protocol reference 3.20; capture enterprise_pool_feed.txt', root: true, groups: ['Advanced'] },
  {
    poolID: text('PoolID', 'ROR'),
    poolName: text('PoolName', 'UOR'),
    sequenceNumber: integer('SequenceNumber', 'ROR'),
    totalMobileCoDProcUnits: integer('TotalMobileCoDProcUnits', 'ROR'),
    totalMobileCoDMemory: integer('TotalMobileCoDMemory', 'ROR', { unit: 'GB' }),
    availableMobileCoDProcUnits: integer('AvailableMobileCoDProcUnits', 'ROR'),
    availableMobileCoDMemory: integer('AvailableMobileCoDMemory', 'ROR', { unit: 'GB' }),
    unreturnedMobileCoDProcUnits: integer('UnreturnedMobileCoDProcUnits', 'ROR'),
    unreturnedMobileCoDMemory: integer('UnreturnedMobileCoDMemory', 'ROR', { unit: 'GB' }),
    complianceState: text('ComplianceState', 'ROR', {
      values: [
        'InCompliance',
        'ApproachingOutOfComplianceServer',
        'ApproachingOutOfCompliancePool',
        'OutOfCompliance',
        'Unavailable',
      ],
    }),
    powerEnterprisePoolMasterManagementConsole: link('PowerEnterprisePoolMasterManagementConsole', 'UOR'),
    powerEnterprisePoolManagementConsoles: list(
      PowerEnterprisePoolManagementConsole,
      'PowerEnterprisePoolManagementConsoles',
      'ROR',
    ),
    complianceRemainingHours: integer('ComplianceRemainingHours', 'unseen', { group: 'Advanced' }),
  },
);
export type PowerEnterprisePool = Lens<typeof PowerEnterprisePool>;

/** A system in a pool (HMC). */
export const PowerEnterprisePoolMember = resource(
  'PowerEnterprisePoolMember',
  {
    evidence: 'protocol reference 3.20; capture enterprise_pool_member_feed.txt',
    parents: ['PowerEnterprisePool'],
    groups: ['Advanced'],
  },
  {
    mobileCoDProcUnits: integer('MobileCoDProcUnits', 'UOR'),
    mobileCoDMemory: integer('MobileCoDMemory', 'UOR', { unit: 'GB' }),
    inactiveProcUnits: integer('InactiveProcUnits', 'ROR'),
    inactiveMemory: integer('InactiveMemory', 'ROR', { unit: 'GB' }),
    unreturnedMobileCoDProcUnits: integer('UnreturnedMobileCoDProcUnits', 'ROR'),
    unreturnedMobileCoDMemory: integer('UnreturnedMobileCoDMemory', 'ROR', { unit: 'GB' }),
    managedSystemName: text('ManagedSystemName', 'ROR'),
    managedSystemInstalledProcUnits: integer('ManagedSystemInstalledProcUnits', 'ROR'),
    managedSystemInstalledMemory: integer('ManagedSystemInstalledMemory', 'ROR', { unit: 'MB' }),
    managedSystemMachineTypeModelSerialNumber: nested(
      MachineTypeModelAndSerialNumber,
      'ManagedSystemMachineTypeModelSerialNumber',
      'ROR',
    ),
    associatedManagedSystem: link('AssociatedManagedSystem', 'ROO'),
    managedSystemState: text('ManagedSystemState', 'ROR'),
    powerEnterprisePoolManagementConsoles: list(
      PowerEnterprisePoolManagementConsole,
      'PowerEnterprisePoolManagementConsoles',
      'ROR',
    ),
    procComplianceRemainingHours: integer('ProcComplianceRemainingHours', 'unseen', { group: 'Advanced' }),
    memComplianceRemainingHours: integer('MemComplianceRemainingHours', 'unseen', { group: 'Advanced' }),
  },
);
export type PowerEnterprisePoolMember = Lens<typeof PowerEnterprisePoolMember>;
