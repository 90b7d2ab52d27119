import { ClientNetworkAdapter, type Entity, LogicalPartition, type Session } from '@openstack-powervm/rest';
import type { CallOptions } from '../flow/index.js';
import { isMissing, type Partition } from '../partition/partition.js';
import { restMac } from './mac.js';

export type AdapterEntity = Entity<typeof ClientNetworkAdapter>;

/** A virtual Ethernet adapter to be made. */
export interface AdapterRequest {
  readonly switchHref: string;
  readonly vlan: number;
  /** Any form. */
  readonly mac: string;
}

/** The virtual Ethernet adapters of a partition. */
export async function listAdapters(
  session: Session,
  partition: Pick<Partition, 'uuid'>,
  call: CallOptions,
): Promise<AdapterEntity[]> {
  return session.list(ClientNetworkAdapter, { ...call, parent: parentOf(partition) });
}

export async function createAdapter(
  session: Session,
  partition: Partition,
  { switchHref, vlan, mac }: AdapterRequest,
  call: CallOptions,
): Promise<AdapterEntity> {
  return session.create(
    ClientNetworkAdapter,
    {
      // NovaLink gives high slots to guests and keeps the low ones for itself (protocol reference 3.9).
      useNextAvailableHighSlotID: session.console === 'NovaLink' ? true : undefined,
      useNextAvailableSlotID: session.console === 'NovaLink' ? undefined : true,
      macAddress: restMac(mac),
      portVLANID: vlan,
      taggedVLANSupported: false,
      associatedVirtualSwitch: [switchHref],
    },
    { ...call, parent: parentOf(partition) },
  );
}

/** Deletes an adapter; one that is gone is no error. */
export async function deleteAdapter(
  session: Session,
  partition: Pick<Partition, 'uuid'>,
  adapter: AdapterEntity,
  call: CallOptions,
): Promise<void> {
  try {
    await session.delete({ type: ClientNetworkAdapter, id: adapter.id, parent: parentOf(partition) }, call);
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
  }
}

/** The adapter with that MAC address. */
export function adapterWithMac(adapters: readonly AdapterEntity[], mac: string): AdapterEntity | undefined {
  const wanted = restMac(mac);
  return adapters.find(({ value }) => value.macAddress?.toUpperCase() === wanted);
}

/** Reference to an adapter as events carry it. */
export function hrefOf(session: Session, adapter: AdapterEntity): string {
  return `${session.endpoint}${adapter.path.split('?')[0]}`;
}

function parentOf({ uuid }: Pick<Partition, 'uuid'>) {
  return { type: LogicalPartition, id: uuid };
}
