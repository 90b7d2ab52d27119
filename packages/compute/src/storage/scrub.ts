import { LogicalPartition, type Session, VirtualIOServer } from '@openstack-powervm/rest';
import { sentenceOf } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import { type ViosFacts, viosFactsOf } from '../host/vios-facts.js';
import type { Log } from '../log.js';
import type { ViosEntity } from './attach.js';
import { baseName } from './disk-names.js';
import {
  clientIdOf,
  isOrphan,
  type Mapping,
  removeMappings,
  type StorageRef,
  sameStorage,
  storageOf,
} from './mapping.js';
import { removeDisks, removeMedia, type VolumeGroupDocument, VolumeGroupHandle } from './volume-group.js';

const mappings = ['ViosFCMapping', 'ViosSCSIMapping'] as const;

/** What a scrub needs of the host. */
export interface ScrubScope {
  readonly session: Session;
  /** The active ones; nothing can be changed on others. */
  readonly vioses: readonly ViosFacts[];
  readonly log: Log;
}

/**
 * Removes, on every VIOS, mappings of partitions that do not exist and mappings without a client adapter, then the
 * disks and media that were behind them and that nobody else uses (SCRUB-2). Runs at start, because the process
 * before may have died in the middle of something (INIT-5, L-5).
 */
export async function scrubAll({ session, vioses, log }: ScrubScope, call: CallOptions): Promise<void> {
  const ids = await suspects({ session, vioses, log }, call);
  await Promise.all(vioses.map((vios) => scrubVios(session, vios, { ids, log }, call)));
}

/**
 * Short ids that mappings name and that no partition has. The partitions are read after the mappings: an id that
 * appears in between belongs to a partition that is being deployed right now.
 */
async function suspects({ session, vioses }: ScrubScope, call: CallOptions): Promise<ReadonlySet<number>> {
  const named = new Set<number>();
  for (const { id } of vioses) {
    const { value } = await session.get(VirtualIOServer, id, { ...call, groups: mappings });
    for (const mapping of value.virtualSCSIMappings) add(named, clientIdOf(mapping));
    for (const mapping of value.virtualFibreChannelMappings)
      add(named, mapping.serverAdapter?.connectingPartitionID);
  }
  for (const { value } of await session.list(VirtualIOServer, call)) named.delete(value.partitionID ?? 0);
  for await (const { value } of session.stream(LogicalPartition, call)) named.delete(value.partitionID ?? 0);
  return named;
}

function add(ids: Set<number>, id: number | undefined): void {
  if (id !== undefined) ids.add(id);
}

async function scrubVios(
  session: Session,
  vios: ViosFacts,
  { ids, log }: { ids: ReadonlySet<number>; log: Log },
  call: CallOptions,
): Promise<void> {
  let removed: StorageRef[] = [];
  const stale = (mapping: Mapping): boolean => ids.has(clientIdOf(mapping) ?? -1) || isOrphan(mapping);
  const entity = await session.commit(
    VirtualIOServer,
    vios.id,
    mappings,
    (document) => {
      const before = document.virtualSCSIMappings.length + document.virtualFibreChannelMappings.length;
      removed = removeMappings(document, stale);
      const channels = document.virtualFibreChannelMappings;
      for (const mapping of channels.filter(
        ({ clientAdapter, serverAdapter }) =>
          !clientAdapter || ids.has(serverAdapter?.connectingPartitionID ?? -1),
      ))
        channels.remove(mapping);
      return document.virtualSCSIMappings.length + channels.length < before;
    },
    call,
  );
  if (removed.length === 0) return;
  log.warn(`Removed ${removed.length} mappings of partitions that do not exist from ${vios.name}`);
  await deleteUnmapped(session, entity, removed, log, call);
}

/**
 * Deletes disks and media that were behind removed mappings, unless the VIOS still maps them. Logical units and
 * physical volumes stay: another VIOS may use them (SCRUB-2). A failure costs space, not the operation.
 */
export async function deleteUnmapped(
  session: Session,
  vios: ViosEntity,
  removed: readonly StorageRef[],
  log: Log,
  call: CallOptions,
): Promise<void> {
  const inUse = vios.value.virtualSCSIMappings.map(storageOf);
  const free = removed.filter((storage) => !inUse.some((used) => sameStorage(used, storage)));
  const names = (kind: StorageRef['kind']): ReadonlySet<string> =>
    new Set(free.filter((storage) => storage.kind === kind).map(({ name }) => baseName(name)));
  const disks = names('disk');
  const media = names('medium');
  if (disks.size + media.size === 0) return;
  const edit = (group: VolumeGroupDocument): boolean => {
    const withoutDisks = removeDisks(group, (disk) => disks.has(baseName(disk.diskName ?? '')));
    return removeMedia(group, media) || withoutDisks;
  };
  try {
    const groups = await VolumeGroupHandle.list(session, viosFactsOf(vios), call);
    for (const group of groups) await group.edit(edit, call);
    log.info(`Deleted ${[...disks, ...media].join(', ')}, left by partitions that do not exist`);
  } catch (thrown) {
    log.warn(`Storage of partitions that do not exist could not be deleted: ${sentenceOf(thrown)}`);
  }
}
