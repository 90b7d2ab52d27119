import type { SiteNovaLink } from '../site/site.js';
import { buildFiles } from './backing-object.js';
import type { Behaviour } from './behaviour.js';
import { addVolume, buildGroup } from './build-storage.js';
import type { Partition } from './partition.js';
import { linuxVolume } from './physical-volume.js';
import type { VirtualIOServer } from './vios.js';
import { equipVios } from './vios-lifecycle.js';
import type { World } from './world.js';

const capture = 'capture fake_vios_hosting_vios_feed.txt';

export const novaLinkHostBehaviours: readonly Behaviour[] = [
  {
    id: 'novalink.vios',
    does: 'a NovaLink partition that hosts I/O is listed among the VIOSes and not among the LPARs: of type AIX/Linux, without RMC connection, mover service and vNIC backing',
    evidence: `${capture}; protocol reference 3.3 and 3.5`,
  },
  {
    id: 'novalink.active',
    does: 'such a VIOS takes mappings and jobs without an RMC connection',
    evidence: 'protocol reference 3.5 and 8.14: the management partition never counts as lacking RMC',
  },
  {
    id: 'novalink.volumes',
    does: 'its disks are called /dev/sdX, their UDIDs are names below /dev/disk/by-id, and six elements tell of them',
    evidence: capture,
  },
  {
    id: 'novalink.media',
    does: 'UDIDs of its optical media and of disks that are files are UUIDs',
    evidence: `${capture}; protocol reference 2.7`,
  },
  {
    id: 'novalink.groups',
    does: 'its volume groups hold logical volumes, backed by /dev/GROUP/NAME, or files, called by their paths; groups of files have room for 0 logical volumes',
    assumed:
      'no such group was captured: clients expect disk names with or without a path, take BackingDeviceName for a path of NovaLink, and know of groups without logical volumes (protocol reference 3.12)',
  },
  {
    id: 'novalink.targets',
    does: 'its server adapters have no vhost name; target devices are lun1, lun2, … with the Linux number of the adapter in their UDID',
    evidence: capture,
  },
  {
    id: 'novalink.target-names',
    does: 'a target device is named FILEIO- and the last part of the path, or BLOCK- and the name of any other storage, with a number behind when that is taken',
    assumed: `${capture} has the name of a file's device only`,
  },
  {
    id: 'novalink.clients',
    does: 'its mappings to VIOSes are without AssociatedLogicalPartition, those to other partitions have it',
    assumed: `no mapping of ${capture} has it, and nearly all lead to VIOSes; clients look for their own by UUID`,
  },
];

/** Makes a Virtual I/O Server of the NovaLink partition; it is not part of the system yet. */
export function novaLinkVios(
  world: World,
  partition: Partition,
  { volumeGroups, freeDisks, files }: NonNullable<SiteNovaLink['hostedIo']>,
): VirtualIOServer {
  const vios: VirtualIOServer = {
    ...equipVios(world, partition, { ethernetDevices: 0, fibreChannel: [] }),
    operatingSystem: '0.0.0.0.0.0',
    moverServicePartition: false,
  };
  vios.backingObjects.push(...buildFiles(world, vios, files), ...world.rbdImages);
  for (const disk of freeDisks) addVolume(world, vios, linuxVolume(world.random, disk, false));
  for (const plan of volumeGroups)
    buildGroup(world, vios, plan, (disk) => linuxVolume(world.random, disk, true));
  return vios;
}
