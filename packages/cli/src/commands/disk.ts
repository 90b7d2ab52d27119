import { type LogicalUnit, SharedStoragePool, VirtualIOServer } from '@openstack-powervm/rest';
import type { Command } from 'commander';
import { inspectionCommand } from '../inspect/inspection.js';
import { storageOf } from '../inspect/mapping-view.js';
import { nameBehind, type Scope } from '../inspect/scope.js';
import type { Row } from '../output/record.js';
import { volumeGroupsOf } from './volume-group.js';

/** `powervm disk`: virtual disks in volume groups and logical units of Shared Storage Pools, with who uses them. */
export function diskCommand(): Command {
  return inspectionCommand<Row>({
    name: 'disk',
    noun: 'disk',
    description: 'list and show virtual disks and logical units, with the partitions that use them',
    key: 'name or UDID of the disk',
    columns: [
      { key: 'system', title: 'SYSTEM', whenSeveral: true },
      { key: 'name', title: 'NAME' },
      { key: 'kind', title: 'KIND' },
      { key: 'sizeGb', title: 'SIZE GB' },
      { key: 'place', title: 'PLACE' },
      { key: 'usedBy', title: 'USED BY' },
      { key: 'udid', title: 'UDID' },
    ],
    listManual: {
      notes:
        'PLACE is vios:volume group, or the name of the Shared Storage Pool. A pool spans systems: its users are\n' +
        'looked for on the systems of this REST server only.',
      examples: [['powervm disk list', 'every disk and who uses it']],
    },
    showManual: { examples: [['powervm disk show boot_first_1a2b3c4d', 'one disk']] },
    list: disksOf,
    identifiersOf: ({ name, udid }) => [String(name), String(udid)],
    summary: (row) => row,
    details: async () => ({}),
  });
}

async function* disksOf(scope: Scope): AsyncGenerator<Row> {
  const users = await usersOf(scope);
  for await (const { system, vios, group } of volumeGroupsOf(scope))
    for (const disk of group.value.virtualDisks)
      yield {
        system,
        name: disk.diskName,
        kind: disk.virtualDiskType ?? 'LogicalVolume',
        sizeGb: disk.diskCapacity,
        place: `${vios}:${group.value.groupName}`,
        usedBy: users.get(disk.uniqueDeviceID ?? '') ?? [],
        udid: disk.uniqueDeviceID,
      };
  for await (const { value: pool } of scope.session.stream(SharedStoragePool, scope.call))
    for (const unit of pool.logicalUnits) yield unitRow(unit, pool.storagePoolName, users);
}

function unitRow(
  unit: LogicalUnit,
  place: string | undefined,
  users: ReadonlyMap<string, readonly string[]>,
): Row {
  return {
    system: undefined,
    name: unit.unitName,
    kind: unit.logicalUnitType ?? 'VirtualIO_Disk',
    sizeGb: unit.unitCapacity,
    place,
    usedBy: users.get(unit.uniqueDeviceID ?? '') ?? [],
    udid: unit.uniqueDeviceID,
  };
}

/** Names of the partitions that a disk is mapped to, by the disk's UDID. */
async function usersOf(scope: Scope): Promise<ReadonlyMap<string, readonly string[]>> {
  const users = new Map<string, readonly string[]>();
  for (const system of await scope.systems()) {
    const names = await scope.partitionNames(system);
    const options = { ...scope.parent(system), groups: ['ViosSCSIMapping'] } as const;
    for await (const { value: vios } of scope.session.stream(VirtualIOServer, options))
      for (const mapping of vios.virtualSCSIMappings) {
        const udid = storageOf(mapping)?.udid;
        const user = nameBehind(mapping.associatedLogicalPartition, names);
        if (udid !== undefined && user !== undefined)
          users.set(udid, [...new Set([...(users.get(udid) ?? []), user])].sort());
      }
  }
  return users;
}
