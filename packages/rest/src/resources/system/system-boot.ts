import { element } from '../../schema/declare.js';
import { flag, integer, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** How the system starts. Two element names are misspelt on the wire. */
export const AssociatedIPLConfiguration = element(
  'AssociatedIPLConfiguration',
  { evidence: 'protocol reference 3.2; captures managedsystem.txt, sys_with_sriov.txt' },
  {
    currentManufacturingDefaulConfigurationtBootMode: text(
      'CurrentManufacturingDefaulConfigurationtBootMode',
      'ROR',
    ),
    currentPowerOnSide: text('CurrentPowerOnSide', 'ROR'),
    currentSystemKeylock: text('CurrentSystemKeylock', 'ROR'),
    currentTurbocoreEnabled: flag('CurrentTurbocoreEnabled', 'ROR'),
    majorBootType: text('MajorBootType', 'CUD'),
    minorBootType: integer('MinorBootType', 'CUD'),
    pendingManufacturingDefaulConfigurationtBootMode: text(
      'PendingManufacturingDefaulConfigurationtBootMode',
      'CUD',
    ),
    pendingPowerOnSide: text('PendingPowerOnSide', 'CUD'),
    pendingSystemKeylock: text('PendingSystemKeylock', 'CUD'),
    powerOnLogicalPartitionStartPolicy: text('PowerOnLogicalPartitionStartPolicy', 'CUD'),
    powerOnOption: text('PowerOnOption', 'CUD'),
    powerOnSpeed: text('PowerOnSpeed', 'CUD'),
    powerOnSpeedOverride: text('PowerOnSpeedOverride', 'CUD'),
    powerOffWhenLastLogicalPartitionIsShutdown: flag('PowerOffWhenLastLogicalPartitionIsShutdown', 'CUD'),
    pendingTurbocoreEnabled: flag('PendingTurbocoreEnabled', 'CUD'),
  },
);
export type AssociatedIPLConfiguration = Lens<typeof AssociatedIPLConfiguration>;
