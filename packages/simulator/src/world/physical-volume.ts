import { createHash } from 'node:crypto';
import type { Random } from './random.js';
import type { VirtualIOServer } from './vios.js';
import { MEGABYTES_PER_GB, type VolumeGroup } from './volume-group.js';

/** A disk that a VIOS sees (protocol reference 3.13). */
export interface PhysicalVolume {
  /** `hdisk3`, or `/dev/sdd` on NovaLink. */
  readonly name: string;
  /** `01` + base64, or a name below /dev/disk/by-id of NovaLink. Also names its bytes. */
  readonly udid: string;
  capacityMb: number;
  readonly description: string;
  readonly location: string;
  readonly uniqueId: string;
  /** Base64 of the NAA id. */
  readonly page83: string;
  reservePolicy: string;
  reserveAlgorithm: string;
  readonly fibreChannel: boolean;
  /** The volume group that owns it. */
  group: VolumeGroup | undefined;
  /** What else holds it: `shared storage pool pool1`. */
  owner: string | undefined;
}

export interface VolumePlan {
  readonly name: string;
  readonly sizeGb: number;
}

/** A disk of a local RAID adapter, in the forms of capture upload_volgrp.txt. */
export function localVolume(random: Random, vios: VirtualIOServer, plan: VolumePlan): PhysicalVolume {
  const serial = random.hex(16).toUpperCase();
  const drive = `L405D${serial.slice(0, 6)}`;
  return {
    name: plan.name,
    udid: `01${Buffer.from(`1IBM     IPR-0   ${serial}`).toString('base64').replaceAll('=', '')}`,
    capacityMb: Math.round(plan.sizeGb * MEGABYTES_PER_GB),
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

/** A SAS disk of NovaLink, in the forms of capture fake_vios_hosting_vios_feed.txt: known by its NAA id, or as part of a group. */
export function linuxVolume(random: Random, plan: VolumePlan, inGroup: boolean): PhysicalVolume {
  const naa = `5000c500${random.hex(8)}`;
  const udid = inGroup ? `lvm-pv-uuid-${groupedId(random)}` : `scsi-3${naa}`;
  return {
    name: `/dev/${plan.name}`,
    udid,
    capacityMb: Math.round(plan.sizeGb * MEGABYTES_PER_GB),
    description: 'IBM - ST9300653SS',
    location: '',
    uniqueId: udid,
    page83: Buffer.from(naa.toUpperCase()).toString('base64'),
    reservePolicy: 'NoReserve',
    reserveAlgorithm: 'Failover',
    fibreChannel: false,
    group: undefined,
    owner: undefined,
  };
}

/** NovaLink's Linux calls disks by paths. */
export const isLinuxVolume = ({ name }: PhysicalVolume): boolean => name.startsWith('/');

/** `3nMuoO-wRq5-f3tb-CwEl-p6FO-fqRl-68BAZt`: how Linux's logical volume manager writes ids. */
function groupedId(random: Random): string {
  const digest = createHash('sha256').update(random.hex(32)).digest('base64');
  const text = digest.replaceAll(/[^a-zA-Z0-9]/g, 'x');
  return text.replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})(.{6}).*$/, '$1-$2-$3-$4-$5-$6-$7');
}
