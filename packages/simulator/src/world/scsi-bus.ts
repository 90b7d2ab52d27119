import type { Behaviour } from './behaviour.js';
import { nameUuid } from './identity.js';
import { invalid } from './refusal.js';
import {
  type ScsiAdapterPair,
  type ScsiMapping,
  type ScsiStorage,
  storageElement,
  storageUdid,
} from './scsi-mapping.js';
import type { Admission, MappingRequest, StorageRequest } from './scsi-plan.js';
import { updateMappings } from './scsi-update.js';
import type { VirtualIOServer } from './vios.js';
import type { World } from './world.js';

export const scsiBusBehaviours: readonly Behaviour[] = [
  {
    id: 'scsi.bus',
    does: 'a VirtualSCSIBus is another view of the mappings that share a server adapter; editing it leaves the others alone',
    evidence: 'protocol reference 3.16; capture vscsibus_feed.txt',
  },
  {
    id: 'scsi.bus.event',
    does: 'a change of a bus is announced as a change of the mappings of its VIOS',
    assumed: 'no event about a bus was captured',
  },
];

/** A server adapter with everything on it. Not state of its own: a view of the VIOS's mappings. */
export interface ScsiBus {
  readonly uuid: string;
  readonly vios: VirtualIOServer;
  readonly adapters: ScsiAdapterPair;
  readonly mappings: readonly ScsiMapping[];
}

export function busesOf(vios: VirtualIOServer): ScsiBus[] {
  const buses = new Map<ScsiAdapterPair, ScsiMapping[]>();
  for (const mapping of vios.scsiMappings) {
    buses.set(mapping.adapters, [...(buses.get(mapping.adapters) ?? []), mapping]);
  }
  return [...buses].map(([adapters, mappings]) => ({
    uuid: busUuid(vios, adapters),
    vios,
    adapters,
    mappings,
  }));
}

function busUuid(vios: VirtualIOServer, adapters: ScsiAdapterPair): string {
  return nameUuid(`${vios.uuid}/bus/${adapters.serverSlot}/${adapters.remoteId}/${adapters.remoteSlot}`);
}

/** Replaces what is on one bus (or makes a new one) and keeps everything else. */
export function updateBus(
  world: World,
  vios: VirtualIOServer,
  bus: ScsiBus | undefined,
  requests: readonly MappingRequest[],
  admit?: Admission,
): void {
  const others = vios.scsiMappings.filter((mapping) => mapping.adapters !== bus?.adapters);
  updateMappings(world, vios, [...others.map(presentMapping), ...requests], admit);
}

/** Makes a bus and answers with it. */
export function createBus(
  world: World,
  vios: VirtualIOServer,
  requests: readonly MappingRequest[],
  admit?: Admission,
): ScsiBus {
  const before = new Set(vios.scsiMappings.map((mapping) => mapping.adapters));
  const [first, ...more] = requests;
  if (first === undefined) throw invalid('A VirtualSCSIBus needs its adapters.');
  updateBus(world, vios, undefined, [first], admit);
  const made = busesOf(vios).find((bus) => !before.has(bus.adapters));
  if (made === undefined) throw invalid('The posted VirtualSCSIBus is there already.');
  if (more.length === 0) return made;
  const { serverSlot, remoteSlot } = made.adapters;
  const rest = more.map((request) => ({ ...request, serverSlot, clientSlot: remoteSlot }));
  updateBus(world, vios, made, [...made.mappings.map(presentMapping), ...rest], admit);
  return busesOf(vios).find((bus) => bus.adapters === made.adapters) ?? made;
}

/** A mapping as a client that changes nothing posts it back. */
export function presentMapping({ adapters, storage, target }: ScsiMapping): MappingRequest {
  return {
    partition: adapters.client?.uuid,
    serverSlot: adapters.serverSlot,
    clientSlot: adapters.client === undefined ? undefined : adapters.remoteSlot,
    storage: storage === undefined ? undefined : storageRequest(storage),
    target: target === undefined ? undefined : { udid: target.udid, name: undefined, address: undefined },
  };
}

/** A reference to the storage. */
export function storageRequest(storage: ScsiStorage): StorageRequest {
  const request = { kind: storageElement(storage), udid: storageUdid(storage), name: undefined };
  if (storage.kind !== 'BackingObject') return request;
  const { object, backStore, user } = storage;
  return { ...request, disk: { type: object.type, backStore, user } };
}
