import { checkDiskReference, type DiskReference, requireObject } from './backing-object.js';
import { allPartitions } from './managed-system.js';
import { requireSettled } from './migration/migration.js';
import { type AnyPartition, isOff } from './partition.js';
import { conflict, invalid, notFound, Refusal } from './refusal.js';
import {
  type ScsiAdapterPair,
  type ScsiMapping,
  type ScsiStorage,
  storageElement,
  storageName,
  storageUdid,
  targetKind,
} from './scsi-mapping.js';
import { unitsOf } from './shared-storage-pool.js';
import type { VirtualIOServer } from './vios.js';

/** A VirtualSCSIMapping of a posted VIOS, as written by the client. */
export interface MappingRequest {
  /** UUID that ends the href of AssociatedLogicalPartition. */
  readonly partition: string | undefined;
  /** Slot of the server adapter; undefined asks for the next free one. */
  readonly serverSlot: number | undefined;
  /** Slot of the client adapter; undefined asks for the next free one or has none. */
  readonly clientSlot: number | undefined;
  readonly storage: StorageRequest | undefined;
  readonly target: TargetRequest | undefined;
}

export interface StorageRequest {
  readonly kind: string;
  readonly udid: string | undefined;
  readonly name: string | undefined;
  /** Of a VirtualDisk. */
  readonly disk?: DiskReference;
}

export interface TargetRequest {
  readonly udid: string | undefined;
  readonly name: string | undefined;
  readonly address: string | undefined;
}

/** What a posted mapping means for the VIOS. */
export type MappingStep =
  | { readonly step: 'keep'; readonly mapping: ScsiMapping }
  | {
      readonly step: 'change media';
      readonly mapping: ScsiMapping;
      readonly storage: ScsiStorage | undefined;
    }
  | { readonly step: 'empty bus'; readonly adapters: ScsiAdapterPair }
  | {
      readonly step: 'add target';
      readonly adapters: ScsiAdapterPair;
      readonly storage: ScsiStorage;
      readonly target: TargetRequest | undefined;
    }
  | {
      readonly step: 'new bus';
      readonly client: AnyPartition;
      readonly clientSlot: number | undefined;
      readonly serverSlot: number | undefined;
      readonly storage: ScsiStorage | undefined;
      readonly target: TargetRequest | undefined;
    };

/** Throws a `Refusal` for a client whose mappings must stay as they are. */
export type Admission = (client: AnyPartition) => void;

export interface MappingPlan {
  readonly steps: readonly MappingStep[];
  readonly removed: readonly ScsiMapping[];
}

/**
 * Compares the posted mappings with the present ones (protocol reference 3.14, 7.4, 8.4): whoever names a present
 * server adapter and target stays, whoever names none is new, whoever is not named goes. Changes nothing.
 */
export function planMappings(
  vios: VirtualIOServer,
  requests: readonly MappingRequest[],
  admit: Admission = requireSettled,
): MappingPlan {
  const byServerSlot = new Map<number, ScsiMapping[]>();
  for (const mapping of vios.scsiMappings) {
    const slot = mapping.adapters.serverSlot;
    byServerSlot.set(slot, [...(byServerSlot.get(slot) ?? []), mapping]);
  }
  const claimed = new Set<ScsiMapping>();
  const steps = requests.map((request) => planOne(vios, request, byServerSlot, claimed));
  const removed = vios.scsiMappings.filter((mapping) => !claimed.has(mapping));
  checkDoubleUse(steps);
  const changing = steps.filter(({ step }) => step !== 'keep').map(outcome);
  for (const { client } of [...changing, ...removed.map(({ adapters }) => adapters)])
    if (client !== undefined) admit(client);
  return { steps, removed };
}

function planOne(
  vios: VirtualIOServer,
  request: MappingRequest,
  byServerSlot: ReadonlyMap<number, readonly ScsiMapping[]>,
  claimed: Set<ScsiMapping>,
): MappingStep {
  const bus = request.serverSlot === undefined ? undefined : byServerSlot.get(request.serverSlot);
  const adapters = bus?.[0]?.adapters;
  const elsewhere =
    request.clientSlot !== undefined && adapters !== undefined && request.clientSlot !== adapters.remoteSlot;
  if (bus === undefined || adapters === undefined || elsewhere) return planNewBus(vios, request, elsewhere);
  const mapping = bus.find((candidate) => !claimed.has(candidate) && isMeant(candidate, request));
  if (mapping !== undefined) {
    claimed.add(mapping);
    return planKept(vios, mapping, request);
  }
  if (request.target?.udid !== undefined) {
    throw invalid(`${adapters.name} of VIOS ${vios.name} has no target device ${request.target.udid}.`);
  }
  if (request.storage === undefined) return { step: 'empty bus', adapters };
  return {
    step: 'add target',
    adapters,
    storage: findStorage(vios, request.storage),
    target: request.target,
  };
}

/** Is the posted mapping this one? The target's UDID decides; without it, the storage. */
function isMeant(mapping: ScsiMapping, request: MappingRequest): boolean {
  if (request.target?.udid !== undefined) return mapping.target?.udid === request.target.udid;
  if (request.storage === undefined) return mapping.storage === undefined && mapping.target === undefined;
  return mapping.storage !== undefined && isSameStorage(mapping.storage, request.storage);
}

function planKept(vios: VirtualIOServer, mapping: ScsiMapping, request: MappingRequest): MappingStep {
  const unchanged =
    request.storage === undefined
      ? mapping.storage === undefined
      : mapping.storage !== undefined && isSameStorage(mapping.storage, request.storage);
  if (unchanged) return { step: 'keep', mapping };
  if (mapping.target?.kind !== 'VirtualOpticalMedia') {
    throw invalid(
      `The storage behind target device ${mapping.target?.name ?? ''} of VIOS ${vios.name} cannot be exchanged.`,
    );
  }
  const storage = request.storage === undefined ? undefined : findStorage(vios, request.storage);
  if (storage !== undefined && targetKind(storage) !== 'VirtualOpticalMedia') {
    throw invalid(`Only optical media can be put into ${mapping.target.name}.`);
  }
  return { step: 'change media', mapping, storage };
}

function planNewBus(vios: VirtualIOServer, request: MappingRequest, besideDonor: boolean): MappingStep {
  if (request.partition === undefined)
    throw invalid('A new VirtualSCSIMapping needs AssociatedLogicalPartition.');
  const wanted = request.partition.toLowerCase();
  const client = allPartitions(vios.system).find((partition) => partition.uuid.toLowerCase() === wanted);
  if (client === undefined)
    throw notFound(`There is no partition ${request.partition} in system ${vios.system.name}.`);
  if (client === vios) throw invalid(`VIOS ${vios.name} cannot be its own client.`);
  if (!isOff(vios) && !vios.isManagement && vios.rmc !== 'active' && vios.rmc !== 'busy') {
    throw conflict(
      `The RMC connection of VIOS ${vios.name} is ${vios.rmc}: no virtual adapter can be added.`,
    );
  }
  const storage = request.storage === undefined ? undefined : findStorage(vios, request.storage);
  const serverSlot = besideDonor ? undefined : request.serverSlot;
  return {
    step: 'new bus',
    client,
    clientSlot: request.clientSlot,
    serverSlot,
    storage,
    target: request.target,
  };
}

function isSameStorage(present: ScsiStorage, request: StorageRequest): boolean {
  if (storageElement(present) !== request.kind) return false;
  if (request.udid !== undefined) return storageUdid(present) === request.udid;
  return storageName(present) === request.name;
}

function findStorage(vios: VirtualIOServer, request: StorageRequest): ScsiStorage {
  if (request.disk !== undefined) checkDiskReference(vios, request.name, request.disk);
  const matches = (storage: ScsiStorage): boolean => isSameStorage(storage, request);
  const found = candidates(vios, request.kind).find(matches);
  const { type, backStore, user } = request.disk ?? {};
  if (type === 'RBD' || (type === 'File' && found === undefined)) {
    const object = requireObject(vios, request, { type, backStore, user });
    return { kind: 'BackingObject', object, backStore, user };
  }
  if (found === undefined) {
    throw notFound(
      `VIOS ${vios.name} has no ${request.kind} ${request.udid ?? request.name ?? 'without a name'}.`,
    );
  }
  if (found.kind === 'PhysicalVolume' && found.volume.group !== undefined) {
    throw conflict(
      `${found.volume.name} belongs to volume group ${found.volume.group.name} and cannot be mapped.`,
    );
  }
  if (found.kind === 'PhysicalVolume' && found.volume.owner !== undefined) {
    throw conflict(`${found.volume.name} belongs to ${found.volume.owner} and cannot be mapped.`);
  }
  return found;
}

function candidates(vios: VirtualIOServer, kind: string): ScsiStorage[] {
  const groups = [...vios.volumeGroups];
  switch (kind) {
    case 'VirtualDisk':
      return groups.flatMap((group) => group.disks.map((disk) => ({ kind, disk })));
    case 'PhysicalVolume':
      return vios.physicalVolumes.map((volume) => ({ kind, volume }));
    case 'VirtualOpticalMedia':
      return groups.flatMap((group) => (group.repository?.media ?? []).map((media) => ({ kind, media })));
    case 'LogicalUnit':
      return vios.cluster === undefined ? [] : unitsOf(vios.cluster.pool).map((unit) => ({ kind, unit }));
    default:
      throw new Refusal(501, `Mapping a ${kind} is not implemented by this simulator.`);
  }
}

/** The same storage may serve two partitions (shared disks, capture), never the same one twice. */
function checkDoubleUse(steps: readonly MappingStep[]): void {
  const seen = new Set<string>();
  for (const step of steps) {
    const { client, storage } = outcome(step);
    if (client === undefined || storage === undefined) continue;
    const key = `${client.uuid}/${storageUdid(storage)}`;
    if (seen.has(key) && step.step !== 'keep') {
      throw conflict(`${storageName(storage)} is already mapped to partition ${client.name}.`);
    }
    seen.add(key);
  }
}

function outcome(step: MappingStep): { client: AnyPartition | undefined; storage: ScsiStorage | undefined } {
  switch (step.step) {
    case 'keep':
      return { client: step.mapping.adapters.client, storage: step.mapping.storage };
    case 'change media':
      return { client: step.mapping.adapters.client, storage: step.storage };
    case 'empty bus':
      return { client: step.adapters.client, storage: undefined };
    case 'add target':
      return { client: step.adapters.client, storage: step.storage };
    case 'new bus':
      return { client: step.client, storage: step.storage };
  }
}
