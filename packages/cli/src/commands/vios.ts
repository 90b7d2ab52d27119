import { type Entity, VirtualIOServer } from '@openstack-powervm/rest';
import type { Command } from 'commander';
import { inspectionCommand } from '../inspect/inspection.js';
import { mappingRow } from '../inspect/mapping-view.js';
import { partitionColumns, partitionDetails, partitionRow } from '../inspect/partition-view.js';
import { nameBehind, type Scope, type SystemReference } from '../inspect/scope.js';
import type { Row } from '../output/record.js';

interface Item {
  readonly system: SystemReference;
  readonly vios: Entity<typeof VirtualIOServer>;
}

/** `powervm vios`: the Virtual I/O Servers, with their bridges and mappings. */
export function viosCommand(): Command {
  return inspectionCommand<Item>({
    name: 'vios',
    noun: 'Virtual I/O Server',
    description: 'list and show Virtual I/O Servers, with what they serve to whom',
    key: 'name, id or UUID of the VIOS',
    columns: partitionColumns,
    listManual: {
      notes: 'A VIOS is used when it is running and its RMC is active or busy.',
      examples: [['powervm vios list', 'states and RMC connections at a glance']],
    },
    showManual: { examples: [['powervm vios show vios1', 'its Shared Ethernet Adapters and disk mappings']] },
    list: viosesOf,
    identifiersOf: ({ vios: { id, value } }) => [id, value.partitionName, value.partitionID],
    summary: ({ system, vios: { id, value } }) => partitionRow(system.name, id, value),
    details: detailsOf,
  });
}

async function* viosesOf(scope: Scope): AsyncGenerator<Item> {
  for (const system of await scope.systems())
    for await (const vios of scope.vioses(system)) yield { system, vios };
}

async function detailsOf({ system, vios }: Item, scope: Scope): Promise<Row> {
  const groups = ['ViosSCSIMapping', 'ViosNetwork'] as const;
  const { value } = await scope.session.get(VirtualIOServer, vios.id, { ...scope.call, groups });
  const names = await scope.partitionNames(system);
  return {
    ...partitionDetails(value),
    managementPartition: value.isManagementPartition,
    moverServicePartition: value.moverServicePartition,
    vnicCapable: value.isVNICCapable,
    sharedEthernetAdapters: value.sharedEthernetAdapters.map((sea) => ({
      device: sea.deviceName,
      mode: sea.highAvailabilityMode,
      state: sea.configurationState,
      primary: sea.isPrimary,
      trunks: sea.trunkAdapters.length,
    })),
    mappings: value.virtualSCSIMappings.map((mapping) => ({
      client: nameBehind(mapping.associatedLogicalPartition, names),
      ...mappingRow(mapping),
    })),
  };
}
