import { modified } from './changes.js';
import type { FibreChannelPort } from './fibre-channel-port.js';
import type { PhysicalVolume } from './physical-volume.js';
import { conflict, notFound } from './refusal.js';
import { type ArrayLun, visibleLuns } from './storage-array.js';
import { usersOf } from './storage-use.js';
import type { VirtualIOServer } from './vios.js';
import { MEGABYTES_PER_GB } from './volume-group.js';
import { nextName, releaseName } from './volume-name.js';
import type { World } from './world.js';

/** LUNs that the VIOS could see through its ports, whether it has looked or not. */
export function lunsOfVios(world: World, vios: VirtualIOServer): ArrayLun[] {
  return [...new Set(vios.fibreChannelPorts.flatMap((port) => visibleLuns(world.arrays, port)))];
}

/** The disk of a LUN on a VIOS; makes it when the VIOS meets the LUN for the first time. */
export function discoverLun(
  world: World,
  vios: VirtualIOServer,
  lun: ArrayLun,
  port: FibreChannelPort | undefined,
): PhysicalVolume {
  const known = vios.physicalVolumes.find((volume) => volume.udid === lun.udid);
  if (known !== undefined) return known;
  const target = lun.array.ports.find((candidate) => candidate.fabric === port?.fabric);
  const volume: PhysicalVolume = {
    name: nextName(vios),
    udid: lun.udid,
    capacityMb: Math.round(lun.sizeGb * MEGABYTES_PER_GB),
    description: 'MPIO IBM 2076 FC Disk',
    location: `${port?.location ?? ''}-W${(target?.wwpn ?? '').toUpperCase()}-L${lun.id.toString(16).toUpperCase()}000000000000`,
    uniqueId: `33213${lun.naa}04214503IBMfcp`,
    page83: Buffer.from(lun.naa).toString('base64'),
    reservePolicy: 'NoReserve',
    reserveAlgorithm: 'Round_Robin',
    fibreChannel: true,
    group: undefined,
    owner: undefined,
  };
  vios.physicalVolumes.push(volume);
  modified(world, vios, 'Other');
  return volume;
}

/** What `rmdev` does. Throws a `Refusal` when the device is in use. */
export function removeDevice(world: World, vios: VirtualIOServer, name: string): void {
  const volume = vios.physicalVolumes.find((candidate) => candidate.name === name);
  if (volume === undefined) throw notFound(`VIOS ${vios.name} has no device ${name}.`);
  const user = usersOf(vios, volume.udid)[0];
  const holder = volume.group === undefined ? volume.owner : `volume group ${volume.group.name}`;
  if (user !== undefined || holder !== undefined) {
    throw conflict(`${name} cannot be removed: it is in use by ${user?.adapters.name ?? holder}.`);
  }
  vios.physicalVolumes.splice(vios.physicalVolumes.indexOf(volume), 1);
  releaseName(vios, name);
  modified(world, vios, 'Other');
}
