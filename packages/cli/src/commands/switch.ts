import { type Entity, VirtualSwitch } from '@openstack-powervm/rest';
import type { Command } from 'commander';
import { inspectionCommand } from '../inspect/inspection.js';
import type { Scope } from '../inspect/scope.js';

interface Item {
  readonly system: string;
  readonly entity: Entity<typeof VirtualSwitch>;
}

/** `powervm switch`: the virtual Ethernet switches of the hypervisor. */
export function switchCommand(): Command {
  return inspectionCommand<Item>({
    name: 'switch',
    noun: 'virtual switch',
    description: 'list and show the virtual Ethernet switches of the hypervisor',
    key: 'name, number or UUID of the switch',
    columns: [
      { key: 'system', title: 'SYSTEM', whenSeveral: true },
      { key: 'id', title: 'ID' },
      { key: 'name', title: 'NAME' },
      { key: 'mode', title: 'MODE' },
      { key: 'uuid', title: 'UUID' },
    ],
    listManual: {
      notes: 'MGMTSWITCH carries the management interfaces of the partitions (use_rmc_mgmt_vif).',
      examples: [['powervm switch list', 'all switches']],
    },
    showManual: { examples: [['powervm switch show ETHERNET0', 'one switch']] },
    list: switchesOf,
    identifiersOf: ({ entity: { id, value } }) => [id, value.switchName, value.switchID],
    summary: ({ system, entity: { id, value } }) => ({
      ...{ system, id: value.switchID, name: value.switchName, mode: value.switchMode, uuid: id },
    }),
    details: async ({ entity: { value } }) => ({ virtualNetworks: value.virtualNetworks.length }),
  });
}

async function* switchesOf(scope: Scope): AsyncGenerator<Item> {
  for (const system of await scope.systems())
    for await (const entity of scope.session.stream(VirtualSwitch, scope.parent(system)))
      yield { system: system.name, entity };
}
