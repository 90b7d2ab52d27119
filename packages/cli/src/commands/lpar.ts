import {
  ClientNetworkAdapter,
  type Entity,
  type LogicalPartition,
  uuidOf,
  VirtualIOServer,
} from '@openstack-powervm/rest';
import type { Command } from 'commander';
import { inspectionCommand } from '../inspect/inspection.js';
import { mappingRow } from '../inspect/mapping-view.js';
import { partitionColumns, partitionDetails, partitionRow } from '../inspect/partition-view.js';
import type { Scope, SystemReference } from '../inspect/scope.js';
import type { Row } from '../output/record.js';

interface Item {
  readonly system: SystemReference;
  readonly partition: Entity<typeof LogicalPartition>;
}

/** `powervm lpar`: the client partitions, with their adapters and disks. */
export function lparCommand(): Command {
  return inspectionCommand<Item>({
    name: 'lpar',
    noun: 'client partition',
    description: 'list and show client partitions, whether OpenStack made them or not',
    key: 'name, id or UUID of the partition',
    columns: partitionColumns,
    listManual: {
      notes: 'The UUID is that of the server in Nova, but its first bit is always 0.',
      examples: [
        ['powervm lpar list', 'a table of all partitions'],
        ['powervm lpar list --json', 'the same for programs, one object a line'],
      ],
    },
    showManual: { examples: [['powervm lpar show 3', 'partition 3 with network adapters and disks']] },
    list: partitionsOf,
    identifiersOf: ({ partition: { id, value } }) => [id, value.partitionName, value.partitionID],
    summary: ({ system, partition: { id, value } }) => partitionRow(system.name, id, value),
    details: detailsOf,
  });
}

async function* partitionsOf(scope: Scope): AsyncGenerator<Item> {
  for (const system of await scope.systems())
    for await (const partition of scope.partitions(system)) yield { system, partition };
}

async function detailsOf(item: Item, scope: Scope): Promise<Row> {
  return {
    ...partitionDetails(item.partition.value),
    networkAdapters: await adaptersOf(item, scope),
    disks: await disksOf(item, scope),
  };
}

async function adaptersOf({ partition }: Item, { session, call }: Scope): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { value } of session.stream(ClientNetworkAdapter, { ...call, parent: partition }))
    rows.push({
      slot: value.virtualSlotNumber,
      mac: value.macAddress,
      vlan: value.portVLANID,
      taggedVlans: value.taggedVLANIDs,
      switchId: value.virtualSwitchID,
      location: value.locationCode,
    });
  return rows;
}

/** Mappings are kept by the VIOSes that serve them. */
async function disksOf({ system, partition }: Item, scope: Scope): Promise<Row[]> {
  const rows: Row[] = [];
  const options = { ...scope.parent(system), groups: ['ViosSCSIMapping'] } as const;
  for await (const { value } of scope.session.stream(VirtualIOServer, options))
    for (const mapping of value.virtualSCSIMappings)
      if (uuidOf(mapping.associatedLogicalPartition)?.toUpperCase() === partition.id.toUpperCase())
        rows.push({ vios: value.partitionName, ...mappingRow(mapping) });
  return rows;
}
