import type { Vif } from '../contract/index.js';
import { DriverError, sentenceOf } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import type { Host } from '../host/host.js';
import type { Log } from '../log.js';
import { whyNoIoChange } from '../partition/io-gate.js';
import { isMissing, type Partition } from '../partition/partition.js';
import { findDriver, findPlugged, type PlugCall, type PluggedVif, vifDriverOf } from './vif-driver.js';
import { announceVif } from './vif-event.js';

/** A revert that hangs must not keep the first error from Nova for ever. */
const revertLimitMs = 2 * 60 * 1000;

type LoggedCall = PlugCall & { readonly log: Log };

/**
 * Makes sure that a partition has an adapter for each VIF. Adapters that exist are brought up to date without any
 * event; new ones need a partition whose I/O may be changed (VIF-2 to VIF-4, DLPAR-2). Returns the VIFs it plugged.
 * When one cannot be plugged, those that were new go again (VIF-7).
 */
export async function plugVifs(
  host: Host,
  partition: Partition,
  vifs: readonly Vif[],
  { log, ...call }: LoggedCall,
): Promise<readonly Vif[]> {
  if (vifs.length === 0) return [];
  for (const vif of vifs) vifDriverOf(vif);
  const present = await findPlugged(host, partition, vifs, call);
  const missing = vifs.filter(({ id }) => !present.has(id));
  if (missing.length > 0) requireIoChange(partition, 'PVM_VIF_CREATE_REFUSED', 'plugged');
  for (const adapter of present.values()) await adapter.update(call);
  try {
    await plugNewVifs(host, partition, missing, call);
  } catch (thrown) {
    await revert(host, partition, missing, log);
    throw thrown;
  }
  return missing;
}

/**
 * Makes adapters on a partition that has none for these VIFs, and tells the agents (VIF-11). Throws only when none
 * is being made any more, so that whoever takes them back finds them all.
 */
export async function plugNewVifs(
  host: Host,
  partition: Partition,
  vifs: readonly Vif[],
  call: PlugCall,
): Promise<void> {
  for (const vif of vifs) vifDriverOf(vif);
  const plugging = vifs.map(async (vif) => {
    const { href } = await vifDriverOf(vif).plug(host, partition, vif, call);
    await announce(host, href, vif, 'plug', call);
  });
  await Promise.allSettled(plugging);
  await Promise.all(plugging);
}

/** Removes the adapters of VIFs; one that is missing is worth a warning only (VIF-9). */
export async function unplugVifs(
  host: Host,
  partition: Partition,
  vifs: readonly Vif[],
  { log, ...call }: LoggedCall,
): Promise<void> {
  if (vifs.length === 0) return;
  for (const { address } of await takeOff(host, partition, vifs, call))
    log.warn(`Partition ${partition.name} has no adapter ${address} to unplug`);
}

/** Takes back what was plugged, also when the answer to a request was lost; the first error stays the one to report. */
async function revert(host: Host, partition: Partition, vifs: readonly Vif[], log: Log): Promise<void> {
  const call = { signal: AbortSignal.timeout(revertLimitMs) };
  try {
    await takeOff(host, partition, vifs, call);
  } catch (thrown) {
    if (isMissing(thrown)) return;
    log.error(`Partition ${partition.name} may keep adapters of a failed plug: ${sentenceOf(thrown)}`);
  }
}

/**
 * Removes the adapters of VIFs, and of those that have none what an attempt that was cut off may have made beside the
 * partition; gives those that have none.
 */
async function takeOff(
  host: Host,
  partition: Partition,
  vifs: readonly Vif[],
  call: CallOptions,
): Promise<readonly Vif[]> {
  const present = await findPlugged(host, partition, vifs, call);
  const absent = vifs.filter(({ id }) => !present.has(id));
  for (const vif of absent) await findDriver(vif)?.removeRemains?.(host, vif, call);
  await unplugPresent(host, partition, vifs, present, call);
  return absent;
}

async function unplugPresent(
  host: Host,
  partition: Partition,
  vifs: readonly Vif[],
  present: ReadonlyMap<string, PluggedVif>,
  call: CallOptions,
): Promise<void> {
  if (present.size > 0) requireIoChange(partition, 'PVM_VIF_UNPLUG_FAILED', 'unplugged');
  await Promise.all(
    vifs.map(async (vif) => {
      const adapter = present.get(vif.id);
      if (!adapter) return;
      await adapter.unplug(call);
      await announce(host, adapter.href, vif, 'unplug', call);
    }),
  );
}

async function announce(
  host: Host,
  adapterHref: string,
  vif: Vif,
  action: 'plug' | 'unplug',
  call: CallOptions,
): Promise<void> {
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
