import { exampleCall } from '../../rig.js';
import { onPool } from '../../sites.js';
import { migrate, migrated, migration, resized, reverting, running } from '../arrangements.js';
import type { FaultFlow } from '../flow.js';

/** Nova's plug-in makes InstanceFaultRollback of whatever a resize throws (MIG-7, FIN-6). */
const resizeFailures = ['ResizeError', 'InstancePowerOffFailure', 'InstancePowerOnFailure'];

const firstHalf: Pick<FaultFlow, 'operation' | 'afterFailure' | 'exceptions' | 'arrange' | 'act'> = {
  operation: 'migrateDiskAndPowerOff',
  afterFailure: 'undone',
  exceptions: resizeFailures,
  arrange: running,
  act: migrate,
};

export const resizeFlows: readonly FaultFlow[] = [
  { title: 'MIG-7 the first half of a resize', ...firstHalf, rig: {} },
  { title: 'MIG-7 MIG-8 the first half of a resize in a Shared Storage Pool', ...firstHalf, rig: onPool },
  {
    title: 'FIN-6 the second half of a resize',
    operation: 'finishMigration',
    rig: {},
    afterFailure: 'undone',
    exceptions: resizeFailures,
    arrange: migrated,
    act: ({ driver }, params) => driver.finishMigration({ ...params, migration }, exampleCall()),
  },
  {
    title: 'CONF-1 a resize that is confirmed',
    operation: 'confirmMigration',
    rig: {},
    afterFailure: 'repeatable',
    exceptions: resizeFailures,
    arrange: resized,
    act: ({ driver }, params) => driver.confirmMigration(params, exampleCall()),
  },
  {
    title: 'REV-1 a resize that is reverted',
    operation: 'finishRevertMigration',
    rig: {},
    afterFailure: 'repeatable',
    exceptions: resizeFailures,
    arrange: reverting,
    act: ({ driver }, params) => driver.finishRevertMigration({ ...params, migration }, exampleCall()),
  },
];
