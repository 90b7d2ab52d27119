import type { Behaviour } from '../behaviour.js';
import { modified } from '../changes.js';
import type { PhysicalVolume } from '../physical-volume.js';
import { usersOf } from '../storage-use.js';
import type { VirtualIOServer } from '../vios.js';
import { MEGABYTES_PER_GB } from '../volume-group.js';
import { nextName, releaseName } from '../volume-name.js';
import type { World } from '../world.js';
import type { IscsiLun, IscsiTarget } from './iscsi-target.js';

export const iscsiBehaviours: readonly Behaviour[] = [
  {
    id: 'iscsi.codes',
    does: 'ISCSIDiscovery and ISCSIRemove answer with RETURN_CODE; every code but 0, 15 and 21 also fails the job',
    evidence: 'protocol reference 4.7; that a failed job may carry a code is said there too',
  },
  {
    id: 'iscsi.which-code',
    does: 'a portal that nobody listens on is 8, CHAP without the right secret 24, an initiator that is not let in 5, an unknown target or LUN 21, a disk that is still mapped 1',
    assumed: 'protocol reference 4.7 has the meanings of the numbers, not when a VIOS uses which',
  },
  {
    id: 'iscsi.stale',
    does: 'a disk whose LUN was made anew under the same number answers 27 until it is removed',
    assumed: 'protocol reference 4.7: clients scrub, remove and discover again on 27',
  },
  {
    id: 'iscsi.session',
    does: 'a VIOS stays logged in to a target until the last disk from there is removed',
    evidence: 'protocol reference 4.7, documentation of the client’s removal',
  },
  {
    id: 'iscsi.initiator',
    does: 'the initiator of a VIOS is named after system and VIOS, so that a site file can let it in; the answer ends with a newline',
    assumed: 'clients strip a newline behind InitiatorName',
  },
];

/** RETURN_CODE (protocol reference 4.7). */
export const iscsiCodes = {
  success: 0,
  generic: 1,
  loginFailure: 5,
  invalidParameter: 7,
  transportTimeout: 8,
  sessionExists: 15,
  noObjects: 21,
  authenticationFailed: 24,
  odmQuery: 27,
} as const;
export type IscsiCode = (typeof iscsiCodes)[keyof typeof iscsiCodes];

/** A VIOS that is logged in to a target. */
export interface IscsiSession {
  readonly target: IscsiTarget;
  readonly portals: Set<string>;
  /** UDIDs of the disks, by number of their LUN. */
  readonly disks: Map<number, string>;
}

export interface Credentials {
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** One path to a LUN. */
export interface IscsiPath {
  readonly iqn: string;
  readonly portal: string;
  readonly lun: number;
}

export interface Discovered {
  readonly code: IscsiCode;
  readonly volume: PhysicalVolume | undefined;
}

/** Logs in where that is needed and makes the disk of the LUN. */
export function discoverPath(
  world: World,
  vios: VirtualIOServer,
  path: IscsiPath,
  credentials: Credentials,
): Discovered {
  const failed = (code: IscsiCode): Discovered => ({ code, volume: undefined });
  if (!world.iscsiTargets.some(({ portals }) => portals.includes(path.portal)))
    return failed(iscsiCodes.transportTimeout);
  const target = world.iscsiTargets.find(
    ({ iqn, portals }) => iqn === path.iqn && portals.includes(path.portal),
  );
  if (target === undefined) return failed(iscsiCodes.noObjects);
  const known = sessionWith(vios, path.iqn);
  const code = known === undefined ? login(vios, target, credentials) : iscsiCodes.sessionExists;
  const session = sessionWith(vios, path.iqn);
  if (session === undefined) return failed(code);
  session.portals.add(path.portal);
  const lun = target.luns.find(({ id }) => id === path.lun);
  if (lun === undefined) {
    endWhenEmpty(vios, session);
    return failed(iscsiCodes.noObjects);
  }
  const present = diskOf(vios, session, path.lun);
  if (present !== undefined && present.udid !== lun.udid)
    return { code: iscsiCodes.odmQuery, volume: undefined };
  return { code, volume: present ?? makeDisk(world, vios, session, lun, path.portal) };
}

/** Removes the disk of a LUN, and logs out with the last one of its target. */
export function removePath(world: World, vios: VirtualIOServer, iqn: string, lun: number): IscsiCode {
  const session = sessionWith(vios, iqn);
  if (session === undefined) return iscsiCodes.noObjects;
  const volume = diskOf(vios, session, lun);
  if (volume !== undefined && usersOf(vios, volume.udid).length > 0) return iscsiCodes.generic;
  session.disks.delete(lun);
  endWhenEmpty(vios, session);
  if (volume === undefined) return iscsiCodes.noObjects;
  vios.physicalVolumes.splice(vios.physicalVolumes.indexOf(volume), 1);
  releaseName(vios, volume.name);
  modified(world, vios, 'Other');
  return iscsiCodes.success;
}

const sessionWith = (vios: VirtualIOServer, iqn: string): IscsiSession | undefined =>
  vios.iscsi.sessions.find(({ target }) => target.iqn === iqn);

function login(vios: VirtualIOServer, target: IscsiTarget, { user, password }: Credentials): IscsiCode {
  const { chap, initiators } = target;
  if (initiators !== undefined && !initiators.includes(vios.iscsi.initiator)) return iscsiCodes.loginFailure;
  if (chap !== undefined && (chap.user !== user || chap.password !== password))
    return iscsiCodes.authenticationFailed;
  vios.iscsi.sessions.push({ target, portals: new Set(), disks: new Map() });
  return iscsiCodes.success;
}

function endWhenEmpty(vios: VirtualIOServer, session: IscsiSession): void {
  if (session.disks.size === 0) vios.iscsi.sessions.splice(vios.iscsi.sessions.indexOf(session), 1);
}

function diskOf(vios: VirtualIOServer, session: IscsiSession, lun: number): PhysicalVolume | undefined {
  return vios.physicalVolumes.find(({ udid }) => udid === session.disks.get(lun));
}

function makeDisk(
  world: World,
  vios: VirtualIOServer,
  session: IscsiSession,
  lun: IscsiLun,
  portal: string,
): PhysicalVolume {
  const volume: PhysicalVolume = {
    name: nextName(vios),
    udid: lun.udid,
    capacityMb: Math.round(lun.sizeGb * MEGABYTES_PER_GB),
    description: 'MPIO Other iSCSI Disk Drive',
    location: `${session.target.iqn}-${portal}-L${lun.id}`,
    uniqueId: `33213${lun.naa}0BVIRTUAL-DISK03LIOiscsi`,
    page83: Buffer.from(lun.naa).toString('base64'),
    reservePolicy: 'NoReserve',
    reserveAlgorithm: 'Round_Robin',
    fibreChannel: false,
    group: undefined,
    owner: undefined,
  };
  vios.physicalVolumes.push(volume);
  session.disks.set(lun.id, volume.udid);
  modified(world, vios, 'Other');
  return volume;
}
