import type { Vif } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import type { Host } from '../host/host.js';
import type { Log } from '../log.js';
import { whyNoIoChange } from '../partition/io-gate.js';
import type { Partition } from '../partition/partition.js';
import { type AdapterEntity, adapterWithMac, deleteAdapter, hrefOf, listAdapters } from './adapters.js';
import { vifDriverOf } from './vif-driver.js';
import { announceVif } from './vif-event.js';

/**
 * Makes sure that a partition has an adapter for each VIF. Adapters that exist are brought up to date without any
 * event; new ones need a partition whose I/O may be changed (VIF-2 to VIF-4, DLPAR-2). Returns the VIFs it plugged.
 */
export async function plugVifs(
  host: Host,
  partition: Partition,
  vifs: readonly Vif[],
  call: CallOptions,
): Promise<readonly Vif[]> {
  if (vifs.length === 0) return [];
  const adapters = await listAdapters(host.session, partition, call);
  const missing = vifs.filter((vif) => !adapterWithMac(adapters, vif.address));
  if (missing.length > 0) requireIoChange(partition, 'PVM_VIF_CREATE_REFUSED', 'plugged');
  for (const vif of vifs)
    if (!missing.includes(vif)) await vifDriverOf(vif).update(host, partition, vif, call);
  await plugNewVifs(host, partition, missing, call);
  return missing;
}

/** Makes adapters on a partition that has none for these VIFs, and tells the agents (VIF-11). */
export async function plugNewVifs(
  host: Host,
  partition: Partition,
  vifs: readonly Vif[],
  call: CallOptions,
): Promise<void> {
  for (const vif of vifs) vifDriverOf(vif);
  await Promise.all(
    vifs.map(async (vif) => {
      const adapter = await vifDriverOf(vif).plug(host, partition, vif, call);
      await announce(host, adapter, vif, 'plug', call);
    }),
  );
}

/** Removes the adapters of VIFs; one that is missing is worth a warning only (VIF-9). */
export async function unplugVifs(
  host: Host,
  partition: Partition,
  vifs: readonly Vif[],
  { log, ...call }: CallOptions & { log: Log },
): Promise<void> {
  if (vifs.length === 0) return;
  const adapters = await listAdapters(host.session, partition, call);
  const present = vifs.flatMap((vif) => {
    const adapter = adapterWithMac(adapters, vif.address);
    if (!adapter) log.warn(`Partition ${partition.name} has no adapter ${vif.address} to unplug`);
    return adapter ? [{ vif, adapter }] : [];
  });
  if (present.length > 0) requireIoChange(partition, 'PVM_VIF_UNPLUG_FAILED', 'unplugged');
  await Promise.all(
    present.map(async ({ vif, adapter }) => {
      await deleteAdapter(host.session, partition, adapter, call);
      await announce(host, adapter, vif, 'unplug', call);
    }),
  );
}

async function announce(
  host: Host,
  adapter: AdapterEntity,
  vif: Vif,
  action: 'plug' | 'unplug',
  call: CallOptions,
): Promise<void> {
  const adapterHref = hrefOf(host.session, adapter);
  await announceVif(host.session, { action, adapterHref, mac: vif.address, type: vif.type ?? '' }, call);
}

function requireIoChange(
  partition: Partition,
  code: 'PVM_VIF_CREATE_REFUSED' | 'PVM_VIF_UNPLUG_FAILED',
  done: string,
): void {
  const reason = whyNoIoChange(partition);
  if (reason === undefined) return;
  throw new DriverError(code, `Network interfaces cannot be ${done} now: ${reason}`, {
    partition: partition.name,
  });
}
