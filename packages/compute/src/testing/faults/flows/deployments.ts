import { exampleVif } from '../../nova.js';
import { exampleCall, removalOf } from '../../rig.js';
import { onPool, withSriovPorts } from '../../sites.js';
import { bridgedVif, cached, directVif, running, spawned, withEmptyDisks } from '../arrangements.js';
import type { FaultFlow } from '../flow.js';

const deployment: Pick<FaultFlow, 'operation' | 'afterFailure' | 'exceptions' | 'act'> = {
  operation: 'spawn',
  afterFailure: 'undone',
  exceptions: ['NovaException', 'VirtualInterfacePlugException'],
  act: (rig, params) => rig.driver.spawn(params, exampleCall()),
};

const removal: Pick<FaultFlow, 'operation' | 'afterFailure' | 'exceptions' | 'act'> = {
  operation: 'destroy',
  afterFailure: 'repeatable',
  // As long as the guest may run, its stop is what has failed (L-16).
  exceptions: ['InstanceTerminationFailure', 'InstancePowerOffFailure'],
  act: (rig, params) => rig.driver.destroy(removalOf(params), exampleCall()),
};

export const deploymentFlows: readonly FaultFlow[] = [
  { title: 'SPAWN-14 a deployment', ...deployment, rig: {}, arrange: cached },
  {
    title: 'SPAWN-14 IBMI-2 DSK-6 a deployment of IBM i with empty disks and the upload of its image',
    ...deployment,
    rig: {},
    deployment: withEmptyDisks,
  },
  { title: 'SPAWN-14 SSP-3 a deployment in a Shared Storage Pool', ...deployment, rig: onPool },
  {
    title: 'SPAWN-14 SSP-3 IBMI-2 DSK-6 a deployment of IBM i with empty disks in a Shared Storage Pool',
    ...deployment,
    rig: onPool,
    deployment: withEmptyDisks,
    arrange: cached,
  },
  {
    title: 'SPAWN-14 N03 a deployment with a virtual NIC',
    ...deployment,
    rig: withSriovPorts,
    deployment: { vifs: [exampleVif(), directVif] },
    arrange: cached,
  },
  {
    title: 'SPAWN-14 OVS-1 a deployment with a port of Open vSwitch',
    ...deployment,
    rig: {},
    deployment: { vifs: [bridgedVif] },
    arrange: cached,
  },
];

export const removalFlows: readonly FaultFlow[] = [
  { title: 'DESTROY-6 a removal', ...removal, rig: {}, arrange: running },
  {
    title: 'DESTROY-6 DSK-6 a removal of IBM i with empty disks',
    ...removal,
    rig: {},
    deployment: withEmptyDisks,
    arrange: spawned,
  },
  { title: 'DESTROY-6 a removal from a Shared Storage Pool', ...removal, rig: onPool, arrange: running },
  {
    title: 'DESTROY-6 SRV-7 a removal of a server with a virtual NIC',
    ...removal,
    rig: withSriovPorts,
    deployment: { vifs: [directVif] },
    arrange: running,
  },
  {
    title: 'DESTROY-6 OVS-5 a removal of a server with a port of Open vSwitch',
    ...removal,
    rig: {},
    deployment: { vifs: [bridgedVif] },
    arrange: running,
  },
  {
    title: 'DESTROY-6 what a server without partition has left is removed',
    ...removal,
    rig: {},
    async arrange(rig, params) {
      await spawned(rig, params);
      await rig.driver.destroy(
        { ...removalOf(params), configDrive: false, destroyDisks: false },
        exampleCall(),
      );
      return params;
    },
  },
  {
    title: 'SPAWN-14 a deployment that Nova takes back',
    ...removal,
    operation: 'undoSpawn',
    rig: {},
    arrange: spawned,
    act: (rig, params) => rig.driver.undoSpawn(removalOf(params), exampleCall()),
  },
  {
    title: 'CONF-4 a clean-up of what Nova has moved away',
    ...removal,
    operation: 'cleanup',
    rig: {},
    arrange: running,
    act: (rig, params) => rig.driver.cleanup({ ...removalOf(params), destroyVifs: true }, exampleCall()),
  },
];
