import type { NovaLinkDevice } from '../devices/novalink-devices.js';
import { DriverError, sentenceOf } from '../errors/index.js';
import type { Operation } from '../flow/index.js';
import type { Host } from '../host/host.js';
import { findNovaLink } from '../host/novalink-partition.js';
import type { Partition } from '../partition/partition.js';
import { mappingsOn, mapStorage, unmapMatching, type ViosEntity } from './attach.js';
import type { Disk } from './disk-driver.js';
import {
  type Client,
  clientOf,
  isMappingOf,
  type Mapping,
  type StorageRef,
  sameStorage,
  storageOf,
} from './mapping.js';

type Call = { readonly signal: AbortSignal };
type Unit = Extract<StorageRef, { kind: 'unit' }>;

/** A logical unit of a Shared Storage Pool, and the active VIOSes that have it. */
interface ShownUnit {
  readonly unit: Unit;
  readonly viosIds: readonly string[];
}

/** NovaLink as mappings name it, also where it is a VIOS; undefined where there is none. */
export async function novaLinkClient(host: Host, call: Call): Promise<Client | undefined> {
  const found = await findNovaLink(host, call);
  return found && clientOf(host.session, { uuid: found.uuid.toUpperCase(), id: found.id });
}

/**
 * The device of a disk that NovaLink itself hosts: it needs no mapping (SNAP-4, L-48). Undefined when NovaLink does
 * not show the disk to the partition.
 */
export async function hostedDevice(
  host: Host,
  { disk, owner }: { disk: Disk; owner: Partition },
  call: Call,
): Promise<NovaLinkDevice | undefined> {
  const novaLink = await findNovaLink(host, call);
  const vios = (await host.vioses.active(call)).find(({ id }) => id === novaLink?.uuid);
  if (!vios || !disk.viosIds.includes(vios.id)) return undefined;
  const client = clientOf(host.session, owner);
  const mappings = await mappingsOn(host.session, vios.id, call);
  const mapping = mappings.find((each) => isMappingOf(each, client) && shows(each, disk.storage));
  const path = mapping?.serverAdapter?.backingDeviceName;
  return path === undefined ? undefined : host.devices.open(path.startsWith('/') ? path : `/dev/${path}`);
}

/** Maps a logical unit to NovaLink through the first VIOS that can, and waits for its device (SNAP-4, SNAP-9). */
export async function showUnit(
  host: Host,
  { unit, viosIds }: ShownUnit,
  { log }: Operation,
  call: Call,
): Promise<NovaLinkDevice> {
  const client = await novaLinkClient(host, call);
  if (!client)
    throw new DriverError(
      'PVM_CAPTURE_UNSUPPORTED',
      'This system has no NovaLink partition, and only that can read the disks of servers',
    );
  // A device that an interrupted capture left would be taken for the new one.
  await host.devices.remove(unit.udid, call);
  let last: unknown;
  for (const viosId of viosIds)
    try {
      const [vios] = await mapStorage(host.session, client, [{ viosId, storage: unit }], call);
      return await host.devices.discover({ udid: unit.udid, slot: slotOf(vios, client, unit) }, call);
    } catch (thrown) {
      call.signal.throwIfAborted();
      if (thrown instanceof DriverError) throw thrown;
      log.warn(`${unit.name} could not be mapped to NovaLink through VIOS ${viosId}: ${sentenceOf(thrown)}`);
      last = thrown;
    }
  throw new DriverError(
    'PVM_CAPTURE_FAILED',
    `No VIOS could map ${unit.name} to the NovaLink partition: ${last === undefined ? 'none is active' : sentenceOf(last)}`,
    { disk: unit.name },
    last,
  );
}

/**
 * Takes a unit away from NovaLink: the mapping first, then the device, so that no search for another disk finds it
 * again in between (SNAP-5). The device goes also when unmapping fails (SNAP-10).
 */
export async function hideUnit(host: Host, { unit, viosIds }: ShownUnit, call: Call): Promise<void> {
  const client = await novaLinkClient(host, call);
  if (!client) return;
  try {
    const unwanted = (mapping: Mapping): boolean => isMappingOf(mapping, client) && shows(mapping, unit);
    await unmapMatching({ session: host.session, viosIds }, unwanted, call);
  } finally {
    await host.devices.remove(unit.udid, call);
  }
}

function shows(mapping: Mapping, storage: StorageRef): boolean {
  return sameStorage(storageOf(mapping), storage);
}

function slotOf(vios: ViosEntity | undefined, client: Client, unit: Unit): number {
  const mapping = vios?.value.virtualSCSIMappings.find(
    (each) => isMappingOf(each, client) && shows(each, unit),
  );
  const slot = mapping?.clientAdapter?.virtualSlotNumber;
  if (slot !== undefined) return slot;
  throw new DriverError(
    'PVM_CAPTURE_FAILED',
    `${unit.name} was mapped to the NovaLink partition, but the VIOS does not say behind which adapter`,
    { disk: unit.name },
  );
}
