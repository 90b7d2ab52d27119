import type { SiteVios } from '../site/site.js';
import type { PhysicalVolume } from './physical-volume.js';
import type { Random } from './random.js';
import type { VirtualIOServer } from './vios.js';
import { BYTES_PER_GB, MEGABYTES_PER_GB } from './volume-group.js';
import { newGroup } from './volume-group-lifecycle.js';
import type { World } from './world.js';

/** The disks and volume groups that a VIOS of the site has from the start. */
export function buildStorage(world: World, vios: VirtualIOServer, plan: SiteVios): void {
  for (const disk of plan.freeDisks) addVolume(world, vios, disk.name, disk.sizeGb);
  for (const entry of plan.volumeGroups) {
    const group = newGroup(world, vios, entry.name);
    for (const disk of entry.disks) {
      const volume = addVolume(world, vios, disk.name, disk.sizeGb);
      volume.group = group;
      group.volumes.push(volume);
    }
    if (entry.repository !== undefined) group.repository = { ...entry.repository, media: [] };
    vios.volumeGroups.add(group);
  }
}

function addVolume(world: World, vios: VirtualIOServer, name: string, sizeGb: number): PhysicalVolume {
  vios.deviceNumbers.hdisk.take(Number(name.slice('hdisk'.length)));
  const volume = localVolume(world.random, vios, name, sizeGb);
  vios.physicalVolumes.push(volume);
  world.bytes.create(volume.udid, sizeGb * BYTES_PER_GB);
  return volume;
}

/** A disk of a local RAID adapter, in the forms of capture upload_volgrp.txt. */
function localVolume(random: Random, vios: VirtualIOServer, name: string, sizeGb: number): PhysicalVolume {
  const serial = random.hex(16).toUpperCase();
  const drive = `L405D${serial.slice(0, 6)}`;
  return {
    name,
    udid: `01${Buffer.from(`1IBM     IPR-0   ${serial}`).toString('base64').replaceAll('=', '')}`,
    capacityMb: Math.round(sizeGb * MEGABYTES_PER_GB),
    description: 'SAS RAID 0 Disk Array',
    location: `U78D2.001.WZS${vios.system.serial.slice(-4)}-P1-C${vios.id}-R1-${drive}-L0`,
    uniqueId: `391BIBMIPR-0   ${serial}10IPR-0   ${serial.slice(0, 8)}03IBMsas`,
    page83: Buffer.from(`60050760${random.hex(24)}`.toUpperCase()).toString('base64'),
    reservePolicy: 'NoReserve',
    reserveAlgorithm: 'Failover',
    fibreChannel: false,
    group: undefined,
    owner: undefined,
  };
}
