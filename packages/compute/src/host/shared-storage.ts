import type { Instance } from '../contract/index.js';
import { sentenceOf } from '../errors/index.js';
import type { Operation } from '../flow/index.js';
import type { Host } from './host.js';

/** What one host tells another about the storage it shares. */
export type SharedStorage = Record<string, unknown>;

/** What identifies this host's shared storage; null when its disks are its own (HOST-10). */
export async function describeSharedStorage(
  host: Host,
  { signal }: Operation,
): Promise<SharedStorage | null> {
  const id = await host.disks.sharedStorageId({ signal });
  return id === null ? null : { driver: host.disks.name, id };
}

/** Whether this host has the storage that another one described; any doubt means no (HOST-10). */
export async function hasSharedStorage(
  host: Host,
  { signal, log }: Operation,
  data: SharedStorage,
): Promise<boolean> {
  try {
    const id = await host.disks.sharedStorageId({ signal });
    return id !== null && data['driver'] === host.disks.name && data['id'] === id;
  } catch (thrown) {
    log.warn(`The shared storage of this host is not known: ${sentenceOf(thrown)}`);
    return false;
  }
}

/** Whether the boot disk of an instance that is not here can be reached from here (HOST-9). */
export async function isInstanceOnDisk(
  host: Host,
  { signal, log }: Operation,
  { instance }: { instance: Instance },
): Promise<boolean> {
  if (!host.disks.capabilities.sharedStorage) return false;
  try {
    return (await host.disks.find('boot', instance, { signal })) !== undefined;
  } catch (thrown) {
    log.warn(`The boot disk of ${instance.uuid} could not be looked for: ${sentenceOf(thrown)}`);
    return false;
  }
}
