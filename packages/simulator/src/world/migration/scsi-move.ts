import { modified } from '../changes.js';
import type { LogicalPartition } from '../partition.js';
import { busesOf, createBus, presentMapping, type ScsiBus, storageRequest } from '../scsi-bus.js';
import { type ScsiMapping, type ScsiStorage, storageName } from '../scsi-mapping.js';
import type { Admission, MappingRequest } from '../scsi-plan.js';
import { addEmptyDrive, updateMappings } from '../scsi-update.js';
import type { VirtualIOServer } from '../vios.js';
import type { World } from '../world.js';
import type { MigrationRequest } from './migration-plan.js';
import { candidateVioses, Spread, sameSlot, unknownSlots } from './target-vios.js';

/** A virtual SCSI bus and the VIOS that will serve it. */
export interface BusMove {
  readonly source: VirtualIOServer;
  readonly bus: ScsiBus;
  readonly vios: VirtualIOServer;
  /** Undefined takes the next free one. */
  readonly serverSlot: number | undefined;
}

export function planBusMoves(
  partition: LogicalPartition,
  request: MigrationRequest,
): { moves: BusMove[]; problems: string[] } {
  const own = [...partition.system.vioses].flatMap((source) =>
    busesOf(source)
      .filter((bus) => bus.adapters.client === partition)
      .map((bus) => ({ source, bus })),
  );
  const slots = own.map(({ bus }) => bus.adapters.remoteSlot);
  const problems = unknownSlots('SCSI', request.scsi, slots);
  const spread = new Spread();
  const moves = own.flatMap(({ source, bus }) => {
    const stuck = bus.mappings.flatMap(({ storage }) => immovable(storage));
    problems.push(...stuck);
    if (stuck.length > 0) return [];
    const asked = request.scsi.find(({ clientSlot }) => clientSlot === bus.adapters.remoteSlot);
    const able = candidateVioses(request.target, asked).filter((vios) =>
      bus.mappings.every(({ storage }) => hasStorage(vios, source, storage)),
    );
    const vios = spread.choose(source, able);
    if (vios === undefined) {
      problems.push(unserved(bus, request.target.name, asked?.viosName));
      return [];
    }
    const serverSlot = asked?.viosSlot;
    if (serverSlot !== undefined && vios.slots.has(serverSlot))
      problems.push(`Virtual slot ${serverSlot} of VIOS ${vios.name} is already in use.`);
    return [{ source, bus, vios, serverSlot }];
  });
  return { moves, problems };
}

/** Makes the buses on the target; user-defined names of target devices are kept. */
export function makeBuses(world: World, shell: LogicalPartition, moves: readonly BusMove[]): void {
  for (const { bus, vios, serverSlot } of moves) {
    const full = bus.mappings.filter(({ storage }) => storage !== undefined);
    const requests = (full.length > 0 ? full : bus.mappings.slice(0, 1)).map((mapping) => ({
      ...newMapping(shell, mapping),
      serverSlot: serverSlot ?? sameSlot(vios, bus.adapters.serverSlot),
      clientSlot: bus.adapters.remoteSlot,
    }));
    const made = createBus(world, vios, requests, ownMove);
    const drives = bus.mappings.filter(
      ({ storage, target }) => storage === undefined && target !== undefined,
    );
    for (const { target } of drives) addEmptyDrive(world, vios, made.adapters, target?.address);
    if (drives.length > 0) modified(world, vios, 'VirtualSCSIMappings');
  }
}

/** Removes every bus of the partition from the VIOSes of its system. */
export function removeBuses(world: World, partition: LogicalPartition): void {
  for (const vios of partition.system.vioses) {
    const others = vios.scsiMappings.filter((mapping) => mapping.adapters.client !== partition);
    updateMappings(world, vios, others.map(presentMapping), ownMove);
  }
}

/** Nobody else may change the mappings of a partition that migrates. */
const ownMove: Admission = () => {};

function newMapping(
  shell: LogicalPartition,
  { storage, target }: ScsiMapping,
): Omit<MappingRequest, 'serverSlot' | 'clientSlot'> {
  const request = storage === undefined ? undefined : storageRequest(storage);
  const name = target?.number === undefined ? target?.name : undefined;
  const device = target === undefined ? undefined : { udid: undefined, name, address: target.address };
  return { partition: shell.uuid, storage: request, target: request === undefined ? undefined : device };
}

function immovable(storage: ScsiStorage | undefined): string[] {
  switch (storage?.kind) {
    case 'VirtualDisk':
      return [`Virtual disk ${storage.disk.name} is local to its VIOS and cannot migrate.`];
    case 'BackingObject':
      return storage.object.type === 'RBD'
        ? []
        : [`File ${storage.object.name} is local to NovaLink and cannot migrate.`];
    case 'VirtualOpticalMedia':
      return [`Optical media ${storage.media.name} is loaded; it is local to its VIOS and cannot migrate.`];
    case 'PhysicalVolume':
      return storage.volume.reservePolicy === 'NoReserve'
        ? []
        : [`The reserve policy of ${storage.volume.name} is ${storage.volume.reservePolicy}, not NoReserve.`];
    default:
      return [];
  }
}

function hasStorage(
  vios: VirtualIOServer,
  source: VirtualIOServer,
  storage: ScsiStorage | undefined,
): boolean {
  switch (storage?.kind) {
    case undefined:
      return true;
    case 'PhysicalVolume':
      return vios.physicalVolumes.some(
        ({ udid, group, owner }) =>
          udid === storage.volume.udid && group === undefined && owner === undefined,
      );
    case 'LogicalUnit':
      return vios.cluster !== undefined && vios.cluster === source.cluster;
    case 'BackingObject':
      return vios.backingObjects.includes(storage.object);
    default:
      return false;
  }
}

function unserved(bus: ScsiBus, system: string, vios: string | undefined): string {
  const names = bus.mappings.flatMap(({ storage }) => (storage === undefined ? [] : storageName(storage)));
  const where = vios === undefined ? `No VIOS of system ${system}` : `VIOS ${vios} of system ${system}`;
  return `${where} can serve the virtual SCSI adapter in slot ${bus.adapters.remoteSlot} with ${names.join(', ') || 'no storage'}.`;
}
