import { VirtualSwitch as Declaration, type VirtualSwitch } from '@openstack-powervm/rest';
import { required } from '../documents/read-document.js';
import { pathOf } from '../world/changes.js';
import { invalid } from '../world/refusal.js';
import type { VirtualSwitch as Switch } from '../world/virtual-switch.js';
import { createSwitch, deleteSwitch, updateSwitch } from '../world/virtual-switch-lifecycle.js';
import type { ResourceKind } from './resource-kind.js';
import { systemOf } from './system-address.js';

/** Protocol reference 3.6; capture vswitch_feed.txt. */
export const virtualSwitch: ResourceKind<Switch, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [
    {
      parent: 'ManagedSystem',
      list: (console, id) => {
        const system = systemOf(console, id);
        return system === undefined ? undefined : [...system.switches];
      },
    },
  ],
  identity: (target) => ({ id: target.uuid, createdAt: 0 }),
  view: (target, context) => ({
    switchID: target.id,
    switchMode: target.mode,
    switchName: target.name,
    virtualNetworks: target.system.networks
      .filter((network) => network.switch === target)
      .map((network) => context.href(pathOf(network))),
  }),
  create: (call, posted, parent) => {
    const system = systemOf(call.console, parent);
    if (system === undefined) throw invalid(`There is no managed system ${parent}.`);
    return createSwitch(call.world, system, readSwitch(posted));
  },
  update: (call, target, posted) => updateSwitch(call.world, target, readSwitch(posted)),
  remove: (call, target) => deleteSwitch(call.world, target),
};

function readSwitch(posted: VirtualSwitch): { name: string; mode: Switch['mode'] } {
  const mode = posted.switchMode ?? 'Veb';
  if (mode !== 'Veb' && mode !== 'Vepa') throw invalid(`SwitchMode "${mode}" is neither Veb nor Vepa.`);
  return { name: required(posted.switchName, 'SwitchName'), mode };
}
