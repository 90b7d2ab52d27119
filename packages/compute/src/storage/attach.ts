import { type Entity, type Session, VirtualIOServer } from '@openstack-powervm/rest';
import type { CallOptions } from '../flow/index.js';
import type { Log } from '../log.js';
import {
  addMapping,
  type Client,
  clientIdOf,
  clientUuidOf,
  isMappingOf,
  type Mapping,
  removeMappings,
  type StorageRef,
  sameStorage,
  storageOf,
  type Vios,
} from './mapping.js';
import { deleteUnmapped } from './scrub.js';

/** The part of a VIOS that holds its vSCSI mappings (TX-6). */
const scsiMappings = ['ViosSCSIMapping'] as const;

/** Storage to show to a partition through one VIOS. */
export interface Attachment {
  readonly viosId: string;
  readonly storage: StorageRef;
}

/** A VIOS after a change. */
export type ViosEntity = Entity<typeof VirtualIOServer>;

/**
 * Maps storage to a partition that has just been created, on all VIOSes at the same time and with one update each
 * (TX-1, TX-2). Its short id may have belonged to another partition: what is still mapped to that id goes away
 * first (SCRUB-4, L-30).
 */
export async function mapToNewPartition(
  { session, viosIds, log }: { session: Session; viosIds: readonly string[]; log: Log },
  client: Client,
  attachments: readonly Attachment[],
  call: CallOptions,
): Promise<ViosEntity[]> {
  return Promise.all(
    viosIds.map(async (viosId) => {
      const wanted = attachments.filter((each) => each.viosId === viosId).map(({ storage }) => storage);
      let stale: StorageRef[] = [];
      const edit = (vios: Vios): boolean => {
        const before = vios.virtualSCSIMappings.length;
        stale = removeStaleOf(vios, client, wanted);
        const removed = vios.virtualSCSIMappings.length < before;
        return wanted.map((storage) => addMapping(vios, client, storage)).some(Boolean) || removed;
      };
      const vios = await session.commit(VirtualIOServer, viosId, scsiMappings, edit, call);
      if (stale.length > 0) await deleteUnmapped(session, vios, stale, log, call);
      return vios;
    }),
  );
}

/** At that moment the partition has no legitimate mapping but those that are just being made. */
function removeStaleOf(vios: Vios, client: Client, wanted: readonly StorageRef[]): StorageRef[] {
  return removeMappings(vios, (mapping) => {
    if (clientIdOf(mapping) !== client.id && clientUuidOf(mapping) !== client.uuid) return false;
    const isOurs =
      isMappingOf(mapping, client) && wanted.some((each) => sameStorage(storageOf(mapping), each));
    return !isOurs;
  });
}

/** Maps more storage to a partition. */
export async function mapStorage(
  session: Session,
  client: Client,
  attachments: readonly Attachment[],
  call: CallOptions,
): Promise<ViosEntity[]> {
  const viosIds = [...new Set(attachments.map(({ viosId }) => viosId))];
  return Promise.all(
    viosIds.map((viosId) => {
      const wanted = attachments.filter((each) => each.viosId === viosId).map(({ storage }) => storage);
      const edit = (vios: Vios): boolean =>
        wanted.map((storage) => addMapping(vios, client, storage)).some(Boolean);
      return session.commit(VirtualIOServer, viosId, scsiMappings, edit, call);
    }),
  );
}

/**
 * Removes the partition's mappings that a test accepts, on these VIOSes, and returns the storage that was behind
 * them, each once (DSK-5, DESTROY-4).
 */
export async function unmapStorage(
  scope: UnmapScope,
  client: Client,
  unwanted: (storage: StorageRef | undefined) => boolean,
  call: CallOptions,
): Promise<StorageRef[]> {
  return unmapMatching(
    scope,
    (mapping) => isMappingOf(mapping, client) && unwanted(storageOf(mapping)),
    call,
  );
}

export interface UnmapScope {
  readonly session: Session;
  readonly viosIds: readonly string[];
}

/** The same for mappings of any partition. */
export async function unmapMatching(
  { session, viosIds }: UnmapScope,
  unwanted: (mapping: Mapping) => boolean,
  call: CallOptions,
): Promise<StorageRef[]> {
  const removed = new Map<string, StorageRef>();
  const edit = (vios: Vios): boolean => {
    const before = vios.virtualSCSIMappings.length;
    for (const storage of removeMappings(vios, unwanted))
      removed.set(`${storage.kind} ${storage.name}`, storage);
    return vios.virtualSCSIMappings.length < before;
  };
  await Promise.all(
    viosIds.map((viosId) => session.commit(VirtualIOServer, viosId, scsiMappings, edit, call)),
  );
  return [...removed.values()];
}

/** The mappings of a VIOS as they are now. */
export async function mappingsOn(session: Session, viosId: string, call: CallOptions): Promise<Mapping[]> {
  const { value } = await session.get(VirtualIOServer, viosId, { ...call, groups: scsiMappings });
  return [...value.virtualSCSIMappings];
}
