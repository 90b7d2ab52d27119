import { added, deleted, modified } from './changes.js';
import { nameUuid } from './identity.js';
import { allPartitions, type ManagedSystem } from './managed-system.js';
import { conflict, invalid } from './refusal.js';
import type { VirtualSwitch } from './virtual-switch.js';
import type { World } from './world.js';

/** Switch ids are 0 to 15 (protocol reference 3.6). */
const MAXIMUM_SWITCHES = 16;

export function createSwitch(
  world: World,
  system: ManagedSystem,
  plan: { name: string; mode: VirtualSwitch['mode'] },
): VirtualSwitch {
  checkSwitchName(system, plan.name);
  const taken = new Set(system.switches.map((other) => other.id));
  const id = Array.from({ length: MAXIMUM_SWITCHES }, (_, index) => index).find((index) => !taken.has(index));
  if (id === undefined) throw conflict(`The system already has ${MAXIMUM_SWITCHES} virtual switches.`);
  const created: VirtualSwitch = {
    kind: 'VirtualSwitch',
    uuid: nameUuid(`${system.uuid}/switch/${id}/${world.random.hex(8)}`),
    system,
    id,
    ...plan,
  };
  system.switches.add(created);
  added(world, created);
  modified(world, system, 'Other');
  return created;
}

export function updateSwitch(
  world: World,
  target: VirtualSwitch,
  update: { name: string; mode: VirtualSwitch['mode'] },
): void {
  if (update.name !== target.name) checkSwitchName(target.system, update.name);
  target.name = update.name;
  target.mode = update.mode;
  modified(world, target, 'Other');
}

/** A switch that anything is plugged into stays. */
export function deleteSwitch(world: World, target: VirtualSwitch): void {
  const { system } = target;
  const user = allPartitions(system).find(
    (p) => p.adapters.find((adapter) => adapter.switch === target) !== undefined,
  );
  const bridge = system.bridges.find((other) => other.switch === target);
  if (target.id === 0 || user !== undefined || bridge !== undefined) {
    throw conflict(
      `Virtual switch ${target.name} cannot be deleted: ${target.id === 0 ? 'it is the default switch' : 'it is in use'}.`,
    );
  }
  for (const network of system.networks.filter((other) => other.switch === target))
    system.networks.delete(network);
  system.switches.delete(target);
  deleted(world, target);
  modified(world, system, 'Other');
}

function checkSwitchName(system: ManagedSystem, name: string): void {
  if (name === '') throw invalid('A virtual switch needs a SwitchName.');
  if (system.switches.find((other) => other.name === name) !== undefined) {
    throw conflict(`The system already has a virtual switch named ${name}.`);
  }
}
