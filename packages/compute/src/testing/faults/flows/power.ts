import type { SpawnParams } from '../../../contract/index.js';
import type { PowerOffParams } from '../../../lifecycle/power.js';
import { exampleCall, type Rig } from '../../rig.js';
import { onPool } from '../../sites.js';
import { rescued, running, spawned } from '../arrangements.js';
import type { FaultFlow } from '../flow.js';

const stop =
  (timeout: PowerOffParams['timeout']) =>
  ({ driver }: Rig, { instance }: SpawnParams) =>
    driver.powerOff({ instance, timeout }, exampleCall());

const reboot =
  (type: 'SOFT' | 'HARD') =>
  ({ driver }: Rig, { instance }: SpawnParams) =>
    driver.reboot({ instance, type }, exampleCall());

const stopping: Pick<FaultFlow, 'operation' | 'rig' | 'afterFailure' | 'exceptions'> = {
  operation: 'powerOff',
  rig: {},
  afterFailure: 'repeatable',
  exceptions: ['InstancePowerOffFailure'],
};

const rebooting: Pick<FaultFlow, 'operation' | 'rig' | 'afterFailure' | 'exceptions'> = {
  operation: 'reboot',
  rig: {},
  afterFailure: 'repeatable',
  exceptions: ['InstanceRebootFailure'],
};

export const powerFlows: readonly FaultFlow[] = [
  {
    title: 'PWR-2 a start',
    operation: 'powerOn',
    rig: {},
    afterFailure: 'repeatable',
    exceptions: ['InstancePowerOnFailure'],
    arrange: spawned,
    act: ({ driver }, { instance }) =>
      driver.powerOn({ instance, firstBoot: true, configDrive: true }, exampleCall()),
  },
  { title: 'PWR-7 a stop', ...stopping, arrange: running, act: stop(60) },
  { title: 'PWR-4 PWR-7 a stop at once', ...stopping, arrange: running, act: stop(0) },
  { title: 'RB-2 a reboot', ...rebooting, arrange: running, act: reboot('HARD') },
  { title: 'RB-2 a soft reboot', ...rebooting, arrange: running, act: reboot('SOFT') },
  {
    title: 'RB-1 RB-2 a reboot of a server that is off',
    ...rebooting,
    arrange: spawned,
    act: reboot('HARD'),
  },
  {
    title: 'A22 a crash dump',
    operation: 'triggerCrashDump',
    rig: {},
    afterFailure: 'repeatable',
    exceptions: ['NovaException'],
    arrange: running,
    async act(rig, { instance }) {
      // After one whose fate is not known the guest is restarting.
      await rig.booted(instance);
      await rig.driver.triggerCrashDump({ instance }, exampleCall());
    },
  },
  {
    title: 'CON-5 a console that is opened',
    operation: 'getVncConsole',
    rig: { terminals: true, options: { vnc_access: 'port' } },
    afterFailure: 'repeatable',
    exceptions: ['ConsoleTypeUnavailable'],
    arrange: running,
    act: ({ driver }, { instance }) => driver.getVncConsole({ instance }, exampleCall()),
  },
];

const rescueFailures = ['NovaException', 'InstancePowerOffFailure', 'InstancePowerOnFailure'];

const rescuing: Pick<FaultFlow, 'operation' | 'afterFailure' | 'exceptions' | 'arrange' | 'act'> = {
  operation: 'rescue',
  afterFailure: 'undone',
  exceptions: rescueFailures,
  arrange: running,
  act: ({ driver }, params) => driver.rescue(params, exampleCall()),
};

const endingRescue: Pick<FaultFlow, 'operation' | 'afterFailure' | 'exceptions' | 'arrange' | 'act'> = {
  operation: 'unrescue',
  afterFailure: 'repeatable',
  exceptions: rescueFailures,
  arrange: rescued,
  act: ({ driver }, { instance }) => driver.unrescue({ instance }, exampleCall()),
};

export const rescueFlows: readonly FaultFlow[] = [
  { title: 'RESC-1 a rescue', ...rescuing, rig: {} },
  { title: 'RESC-1 SSP-3 a rescue in a Shared Storage Pool', ...rescuing, rig: onPool },
  { title: 'RESC-3 the end of a rescue', ...endingRescue, rig: {} },
  { title: 'RESC-3 SSP-3 the end of a rescue in a Shared Storage Pool', ...endingRescue, rig: onPool },
];
