import type { SpawnParams, Vif } from '../../../contract/index.js';
import { exampleCall, type Rig, type RigOptions } from '../../rig.js';
import { withSriovPorts } from '../../sites.js';
import { bridgedVif, directVif, furtherVif, running } from '../arrangements.js';
import type { FaultFlow } from '../flow.js';

/** One interface of each kind, and where it can be. */
const kinds: readonly {
  readonly rules: string;
  readonly what: string;
  readonly vif: Vif;
  readonly rig: RigOptions;
}[] = [
  { rules: 'SEA-1', what: 'an interface', vif: furtherVif, rig: {} },
  { rules: 'SRV-7', what: 'a virtual NIC', vif: directVif, rig: withSriovPorts },
  { rules: 'OVS-1', what: 'a port of Open vSwitch', vif: bridgedVif, rig: {} },
];

const withVif = (params: SpawnParams, vif: Vif): SpawnParams => ({ ...params, vifs: [...params.vifs, vif] });

/** A running server with the interface beside its first one. */
const attached = (vif: Vif) => (rig: Rig, params: SpawnParams) => running(rig, withVif(params, vif));

/** The same before the driver has attached it; Nova counts it in already. */
const attaching = (vif: Vif) => async (rig: Rig, params: SpawnParams) =>
  withVif(await running(rig, params), vif);

export const interfaceFlows: readonly FaultFlow[] = kinds.flatMap(({ rules, what, vif, rig }) => [
  {
    title: `VIF-7 VIF-13 ${rules} ${what} that is attached`,
    operation: 'attachInterface',
    rig,
    afterFailure: 'undone',
    exceptions: ['InterfaceAttachFailed', 'VirtualInterfacePlugException'],
    arrange: attaching(vif),
    act: ({ driver }, { instance }) => driver.attachInterface({ instance, vif }, exampleCall()),
  },
  {
    title: `VIF-9 VIF-13 ${rules} ${what} that is detached`,
    operation: 'detachInterface',
    rig,
    afterFailure: 'repeatable',
    exceptions: ['InterfaceDetachFailed'],
    arrange: attached(vif),
    act: ({ driver }, { instance }) => driver.detachInterface({ instance, vif }, exampleCall()),
  },
  {
    title: `VIF-6 ${rules} ${what} that is plugged again`,
    operation: 'plugVifs',
    rig,
    afterFailure: 'repeatable',
    exceptions: ['VirtualInterfacePlugException'],
    arrange: attaching(vif),
    act: ({ driver }, { instance }) => driver.plugVifs({ instance, vifs: [vif] }, exampleCall()),
  },
  {
    title: `VIF-9 ${rules} ${what} that Nova unplugs`,
    operation: 'unplugVifs',
    rig,
    afterFailure: 'repeatable',
    exceptions: ['InterfaceDetachFailed'],
    arrange: attached(vif),
    act: ({ driver }, { instance }) => driver.unplugVifs({ instance, vifs: [vif] }, exampleCall()),
  },
]);
