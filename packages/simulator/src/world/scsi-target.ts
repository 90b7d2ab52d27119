import { conflict } from './refusal.js';
import {
  linuxNumber,
  type ScsiAdapterPair,
  type ScsiMapping,
  type ScsiStorage,
  storageName,
  storageUdid,
  type TargetDevice,
  type TargetKind,
  targetKind,
} from './scsi-mapping.js';
import type { TargetRequest } from './scsi-plan.js';
import type { VirtualIOServer } from './vios.js';
import type { World } from './world.js';

/** Where a new target device goes. */
export interface TargetPlace {
  readonly vios: VirtualIOServer;
  readonly adapters: ScsiAdapterPair;
  /** What is on these adapters already. */
  readonly bus: readonly ScsiMapping[];
  /** Takes what gives the device's number back. */
  readonly undo: (() => void)[];
}

/** Prefixes of target UDIDs (protocol reference 2.7) and of the names that the VIOS gives. */
const viosTargets = {
  VirtualDisk: { udid: '09', name: 'vtscsi' },
  PhysicalVolume: { udid: '08', name: 'vtscsi' },
  VirtualOpticalMedia: { udid: '19', name: 'vtopt' },
  LogicalUnit: { udid: '0a', name: 'vtscsi' },
} as const satisfies Record<TargetKind, { udid: string; name: string }>;

/** A device for storage, or an optical drive without any. Throws a `Refusal` when name or address is taken. */
export function makeTarget(
  world: World,
  { vios, adapters, bus, undo }: TargetPlace,
  storage: ScsiStorage | undefined,
  request: TargetRequest | undefined,
): TargetDevice {
  const kind = storage === undefined ? 'VirtualOpticalMedia' : targetKind(storage);
  const addresses = new Set(bus.map((mapping) => mapping.target?.address));
  const address = request?.address ?? freeAddress(vios, addresses);
  if (addresses.has(address)) throw conflict(`LogicalUnitAddress ${address} is already in use on this bus.`);
  if (vios.isManagement) {
    const udid = `${linuxNumber(adapters.serverSlot)}-${address}`;
    return { kind, name: linuxName(vios, storage, request?.name), number: undefined, udid, address };
  }
  const udid = `${viosTargets[kind].udid}${world.random.hex(16)}`;
  if (request?.name !== undefined) {
    if (vios.scsiMappings.some((mapping) => mapping.target?.name === request.name))
      throw nameTaken(vios, request.name);
    return { kind, name: request.name, number: undefined, udid, address };
  }
  const prefix = viosTargets[kind].name;
  const number = vios.deviceNumbers[prefix].next();
  undo.push(() => vios.deviceNumbers[prefix].release(number));
  return { kind, name: `${prefix}${number}`, number, udid, address };
}

/** Its number may be given out again. */
export function releaseTarget(vios: VirtualIOServer, { kind, number }: TargetDevice): void {
  if (number !== undefined) vios.deviceNumbers[viosTargets[kind].name].release(number);
}

/** 0x8100000000000000, then 0x82… ; lun1, lun2, … on NovaLink (protocol reference 3.14). */
function freeAddress(vios: VirtualIOServer, taken: ReadonlySet<string | undefined>): string {
  for (let lun = 1; lun <= 127; lun += 1) {
    const address = vios.isManagement ? `lun${lun}` : `0x${(0x80 + lun).toString(16)}00000000000000`;
    if (!taken.has(address)) return address;
  }
  throw conflict('All logical unit addresses of this virtual SCSI bus are in use.');
}

/** NovaLink's devices are named after what is behind them: the same storage has one name on all adapters. */
function linuxName(
  vios: VirtualIOServer,
  storage: ScsiStorage | undefined,
  wanted: string | undefined,
): string {
  const udid = storage === undefined ? undefined : storageUdid(storage);
  const others = vios.scsiMappings.filter(
    (each) => each.storage === undefined || storageUdid(each.storage) !== udid,
  );
  const taken = new Set(others.map(({ target }) => target?.name));
  if (wanted !== undefined && taken.has(wanted)) throw nameTaken(vios, wanted);
  const present = vios.scsiMappings.find((each) => !others.includes(each))?.target?.name;
  const first = wanted ?? present ?? defaultName(storage);
  let name = first;
  for (let number = 2; taken.has(name); number += 1) name = `${first}-${number}`;
  return name;
}

function defaultName(storage: ScsiStorage | undefined): string {
  if (storage === undefined) return 'DVD';
  const name = storageName(storage);
  return `${name.startsWith('/') ? 'FILEIO' : 'BLOCK'}-${name.split('/').at(-1)}`;
}

const nameTaken = (vios: VirtualIOServer, name: string) =>
  conflict(`VIOS ${vios.name} already has a target device ${name}.`);
