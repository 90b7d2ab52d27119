import {
  type Init,
  type Lens,
  type Session,
  uuidOf,
  type VirtualIOServer,
  type VirtualSCSIMapping,
} from '@openstack-powervm/rest';
import type { Partition } from '../partition/partition.js';

export type Vios = Lens<typeof VirtualIOServer>;
export type Mapping = Lens<typeof VirtualSCSIMapping>;

/** What a vSCSI mapping shows to a partition. */
export type StorageRef =
  | { readonly kind: 'disk'; readonly name: string }
  | { readonly kind: 'medium'; readonly name: string }
  | { readonly kind: 'unit'; readonly name: string; readonly udid: string };

/** The partition at the other end of a mapping. */
export interface Client {
  /** UUID, upper case. */
  readonly uuid: string;
  /** Short id; undefined when the partition is gone and its id may belong to another one. */
  readonly id: number | undefined;
  /** Reference to the partition as documents hold it. */
  readonly href: string;
}

/** A partition as mappings refer to it. */
export function clientOf(
  { endpoint }: Pick<Session, 'endpoint'>,
  { uuid, id }: Pick<Partition, 'uuid' | 'id'>,
): Client {
  return { uuid, id, href: `${endpoint}/rest/api/uom/LogicalPartition/${uuid}` };
}

/** A server adapter with this remote slot serves any client (protocol reference 3.14). */
const anySlot = 65_535;
/** Mappings on one adapter pair (protocol reference 8.4). */
const mappingsPerAdapter = 32;

/** The storage behind a mapping; undefined for an adapter pair without any, or for kinds we never make. */
export function storageOf({ storage }: Mapping): StorageRef | undefined {
  const disk = storage?.virtualDisk?.diskName;
  if (disk !== undefined) return { kind: 'disk', name: disk };
  const medium = storage?.virtualOpticalMedia?.mediaName;
  if (medium !== undefined) return { kind: 'medium', name: medium };
  const unit = storage?.logicalUnit;
  if (unit?.unitName !== undefined)
    return { kind: 'unit', name: unit.unitName, udid: unit.uniqueDeviceID ?? '' };
  return undefined;
}

export function sameStorage(one: StorageRef | undefined, other: StorageRef): boolean {
  return one?.kind === other.kind && one.name === other.name;
}

/** The short id of the client partition, from either end (protocol reference 3.14). */
export function clientIdOf({ clientAdapter, serverAdapter }: Mapping): number | undefined {
  const id = clientAdapter?.localPartitionID ?? serverAdapter?.remoteLogicalPartitionID;
  return id === anySlot ? undefined : id;
}

/** The UUID of the client partition, upper case, where the mapping says it. */
export function clientUuidOf({ associatedLogicalPartition }: Mapping): string | undefined {
  return uuidOf(associatedLogicalPartition)?.toUpperCase();
}

/** Whose mapping it is: the reference decides; without one the short id does. */
export function isMappingOf(mapping: Mapping, client: Client): boolean {
  const uuid = clientUuidOf(mapping);
  if (uuid !== undefined) return uuid === client.uuid;
  return client.id !== undefined && clientIdOf(mapping) === client.id;
}

/** A mapping without client adapter is an orphan, unless it serves any client (SCRUB-1). */
export function isOrphan({ clientAdapter, serverAdapter }: Mapping): boolean {
  return !clientAdapter && serverAdapter?.remoteSlotNumber !== anySlot;
}

/** Maps storage to a partition, unless it is mapped already. Says whether the document changed. */
export function addMapping(vios: Vios, client: Client, wanted: StorageRef): boolean {
  const own = vios.virtualSCSIMappings.filter((mapping) => isMappingOf(mapping, client));
  if (own.some((mapping) => sameStorage(storageOf(mapping), wanted))) return false;
  const donor = adapterDonor(own);
  vios.virtualSCSIMappings.add({
    associatedLogicalPartition: client.href,
    clientAdapter: donor?.clientAdapter ?? { adapterType: 'Client', useNextAvailableSlotID: true },
    serverAdapter: donor?.serverAdapter ?? { adapterType: 'Server', useNextAvailableSlotID: true },
    storage: storageReference(wanted),
  });
  return true;
}

/** An adapter pair of the partition that still has room; its elements are copied as they are (protocol 8.4). */
function adapterDonor(own: readonly Mapping[]): Mapping | undefined {
  const pairs = new Map<string, Mapping[]>();
  for (const mapping of own) {
    const pair = mapping.serverAdapter?.uniqueDeviceID;
    if (!mapping.clientAdapter || pair === undefined) continue;
    pairs.set(pair, [...(pairs.get(pair) ?? []), mapping]);
  }
  return [...pairs.values()].find((mappings) => mappings.length < mappingsPerAdapter)?.[0];
}

function storageReference(wanted: StorageRef): NonNullable<Init<typeof VirtualSCSIMapping>['storage']> {
  switch (wanted.kind) {
    case 'disk':
      return { virtualDisk: { diskName: wanted.name, virtualDiskType: 'LogicalVolume' } };
    case 'medium':
      return { virtualOpticalMedia: { mediaName: wanted.name } };
    case 'unit':
      return { logicalUnit: { uniqueDeviceID: wanted.udid, unitName: wanted.name } };
  }
}

/** Removes mappings and returns the storage that was behind them. */
export function removeMappings(vios: Vios, unwanted: (mapping: Mapping) => boolean): StorageRef[] {
  const removed: StorageRef[] = [];
  for (const mapping of vios.virtualSCSIMappings.filter(unwanted)) {
    const storage = storageOf(mapping);
    if (storage) removed.push(storage);
    vios.virtualSCSIMappings.remove(mapping);
  }
  return removed;
}
