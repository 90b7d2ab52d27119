import { ClientNetworkAdapter, uuidOf, VirtualIOServer } from '@openstack-powervm/rest';
import { sentenceOf } from '../../errors/index.js';
import type { CallOptions } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import type { Partition } from '../../partition/partition.js';
import { type AdapterEntity, listAdapters } from '../adapters.js';
import { linuxBridge } from './linux-bridge.js';
import { openVSwitch } from './open-vswitch.js';
import { isOnSwitch, type TrunkEntity } from './trunk.js';

/** Takes a trunk off its bridge and deletes it; one that is gone is no error. */
export async function removeTrunk(host: Host, trunk: TrunkEntity, call: CallOptions): Promise<void> {
  const { deviceName, ovsBridge } = trunk.value;
  const connector = ovsBridge === undefined ? linuxBridge : openVSwitch;
  if (deviceName !== undefined) await connector.disconnect(host.machine, deviceName, call);
  await host.privateSwitch.deleteTrunk(trunk, call);
}

/** The other ends of an adapter's connection: trunks of the same VLAN. */
export async function trunksOf(
  { privateSwitch }: Pick<Host, 'privateSwitch'>,
  { value }: AdapterEntity,
  call: CallOptions,
): Promise<readonly TrunkEntity[]> {
  return (await privateSwitch.trunks(call)).filter((trunk) => trunk.value.portVLANID === value.portVLANID);
}

/** Removes the trunks at the other ends of a partition's adapters, when Nova does not name its ports (DESTROY-9). */
export async function removeTrunksOf(
  host: Host,
  partition: Pick<Partition, 'uuid'>,
  call: CallOptions,
): Promise<void> {
  const trunks = await host.privateSwitch.trunks(call);
  if (trunks.length === 0) return;
  const adapters = await onPrivateSwitch(host, await listAdapters(host.session, partition, call), call);
  const vlans = new Set(adapters.map(({ value }) => value.portVLANID));
  for (const trunk of trunks) if (vlans.has(trunk.value.portVLANID)) await removeTrunk(host, trunk, call);
}

/**
 * Removes trunks that lead to no adapter: what is left when a partition goes behind the driver's back (INIT-9). It is
 * for the start, when nothing is being plugged. A failure costs a VLAN of the private switch, not the start.
 */
export async function removeOrphanTrunks(host: Host, call: CallOptions): Promise<void> {
  try {
    const trunks = await host.privateSwitch.trunks(call);
    if (trunks.length === 0) return;
    const used = await vlansInUse(host, call);
    for (const trunk of trunks) {
      if (used.has(trunk.value.portVLANID)) continue;
      host.log.warn(
        `Removing trunk ${trunk.value.deviceName ?? trunk.id} of NovaLink, which leads to no partition`,
      );
      await removeTrunk(host, trunk, call);
    }
  } catch (thrown) {
    call.signal?.throwIfAborted();
    host.log.warn(`Trunks of NovaLink that lead to no partition could not be removed: ${sentenceOf(thrown)}`);
  }
}

/** VLANs of the private switch on which a partition or a VIOS has an adapter. */
async function vlansInUse(host: Host, call: CallOptions): Promise<ReadonlySet<number | undefined>> {
  const [partitions, vioses] = await Promise.all([host.partitions.list(call), host.vioses.all(call)]);
  const lists = await Promise.all([
    ...partitions.map((partition) => listAdapters(host.session, partition, call)),
    ...vioses.map(({ id }) =>
      host.session.list(ClientNetworkAdapter, { ...call, parent: { type: VirtualIOServer, id } }),
    ),
  ]);
  const clients = (await onPrivateSwitch(host, lists.flat(), call)).filter(
    ({ value }) => value.trunkPriority === undefined,
  );
  return new Set(clients.map(({ value }) => value.portVLANID));
}

async function onPrivateSwitch(
  { privateSwitch }: Host,
  adapters: readonly AdapterEntity[],
  call: CallOptions,
): Promise<readonly AdapterEntity[]> {
  const found = await privateSwitch.find(call);
  const uuid = uuidOf(found?.href);
  return uuid === undefined ? [] : adapters.filter(({ value }) => isOnSwitch(value, uuid));
}
