import { type Entity, VirtualIOServer, VolumeGroup } from '@openstack-powervm/rest';
import type { Command } from 'commander';
import { inspectionCommand } from '../inspect/inspection.js';
import type { Scope } from '../inspect/scope.js';
import type { Row } from '../output/record.js';

/** A volume group with the names of its VIOS and system. */
export interface GroupItem {
  readonly system: string;
  readonly vios: string;
  readonly group: Entity<typeof VolumeGroup>;
}

/** `powervm volume-group`: where local instance disks and media repositories are. */
export function volumeGroupCommand(): Command {
  return inspectionCommand<GroupItem>({
    name: 'volume-group',
    noun: 'volume group',
    description:
      'list and show volume groups of Virtual I/O Servers, with their disks and media repositories',
    key: 'name, vios:name or UUID of the group',
    columns: [
      { key: 'system', title: 'SYSTEM', whenSeveral: true },
      { key: 'vios', title: 'VIOS' },
      { key: 'name', title: 'NAME' },
      { key: 'capacityGb', title: 'SIZE GB' },
      { key: 'freeGb', title: 'FREE GB' },
      { key: 'disks', title: 'DISKS' },
      { key: 'repository', title: 'REPOSITORY' },
      { key: 'uuid', title: 'UUID' },
    ],
    listManual: { examples: [['powervm volume-group list', 'free space for instance disks']] },
    showManual: { examples: [['powervm volume-group show vios1:datavg', 'its disks, media and volumes']] },
    list: volumeGroupsOf,
    identifiersOf: ({ vios, group: { id, value } }) => [id, value.groupName, `${vios}:${value.groupName}`],
    summary,
    details: async ({ group: { value } }) => contentOf(value),
  });
}

/** The volume groups of every VIOS; one that cannot answer because it is down has none. */
export async function* volumeGroupsOf(scope: Scope): AsyncGenerator<GroupItem> {
  for (const system of await scope.systems())
    for await (const vios of scope.vioses(system)) {
      if (vios.value.partitionState?.toLowerCase() !== 'running') continue;
      const parent = { type: VirtualIOServer, id: vios.id };
      const name = vios.value.partitionName ?? vios.id;
      for await (const group of scope.session.stream(VolumeGroup, { ...scope.call, parent }))
        yield { system: system.name, vios: name, group };
    }
}

function summary({ system, vios, group: { id, value } }: GroupItem): Row {
  const repository = value.mediaRepositories.at(0);
  return {
    ...{ system, vios, name: value.groupName },
    capacityGb: value.groupCapacity,
    freeGb: value.freeSpace,
    disks: value.virtualDisks.length,
    repository: repository?.repositoryName,
    uuid: id,
  };
}

function contentOf(group: VolumeGroup): Row {
  const repository = group.mediaRepositories.at(0);
  return {
    serial: group.groupSerialID,
    repositorySizeGb: repository?.repositorySize,
    physicalVolumes: group.physicalVolumes.map((volume) => ({
      name: volume.volumeName,
      sizeMb: volume.volumeCapacity,
      state: volume.volumeState,
    })),
    virtualDisks: group.virtualDisks.map((disk) => ({
      name: disk.diskName,
      sizeGb: disk.diskCapacity,
      udid: disk.uniqueDeviceID,
    })),
    media: [...(repository?.opticalMedia ?? [])].map((medium) => ({
      name: medium.mediaName,
      sizeGb: medium.size,
    })),
  };
}
