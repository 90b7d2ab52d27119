import {
  ClientNetworkAdapter,
  LogicalPartition,
  ManagedSystem,
  type Session,
  VirtualIOServer,
  VirtualSwitch,
} from '@openstack-powervm/rest';
import { listPatiently } from '../agent/patient-list.js';
import { restMac } from '../mac.js';
import { readVlans } from '../vlan/bridge-document.js';

/** A virtual Ethernet adapter that may use a bridge. */
export interface Vif {
  /** REST form. */
  readonly mac: string;
  /** UUID of its partition. */
  readonly partition: string;
  /** True for client partitions, whose ports Neutron may know; false for VIOSes and the NovaLink partition. */
  readonly client: boolean;
  readonly switchId: number;
  readonly pvid: number;
  readonly tagged: readonly number[];
}

export interface InventoryOptions {
  readonly session: Session;
  /** UUID of the managed system. */
  readonly system: string;
  readonly excludedSwitches: readonly string[];
}

interface Owner {
  readonly type: typeof LogicalPartition | typeof VirtualIOServer;
  readonly id: string;
  readonly client: boolean;
}

/**
 * Lists the adapters of all partitions, VIOSes and the NovaLink partition (SEAA-6). Adapters on switches that no
 * bridge serves are left out, and so are the VIOSes' trunks (SEAA-7).
 *
 * @throws PowerVMError
 */
export async function listVifs(options: InventoryOptions, signal: AbortSignal): Promise<Vif[]> {
  const { session, system } = options;
  const parent = { type: ManagedSystem, id: system };
  const [partitions, vioses, switches] = await Promise.all([
    session.list(LogicalPartition, { parent, signal }),
    session.list(VirtualIOServer, { parent, signal }),
    session.list(VirtualSwitch, { parent, signal }),
  ]);
  const excluded = new Set(
    switches
      .filter(({ value }) => options.excludedSwitches.includes(value.switchName ?? ''))
      .map(({ value }) => value.switchID),
  );
  const owners: Owner[] = [
    // The links say which partitions have adapters at all; a request per partition is the dear part of this list.
    ...partitions
      .filter(({ value }) => value.clientNetworkAdapters.length > 0)
      .map(({ id, value }) => ({ type: LogicalPartition, id, client: !value.isManagementPartition })),
    ...vioses.map(({ id }) => ({ type: VirtualIOServer, id, client: false })),
  ];
  const vifs = await Promise.all(owners.map((owner) => adaptersOf(session, owner, signal)));
  return vifs.flat().filter((vif) => !excluded.has(vif.switchId));
}

async function adaptersOf(session: Session, owner: Owner, signal: AbortSignal): Promise<Vif[]> {
  const parent = { type: owner.type, id: owner.id };
  const read = () => session.list(ClientNetworkAdapter, { parent, signal });
  const adapters = await listPatiently(read, signal);
  return adapters.flatMap(({ value }) => readVif(value, owner));
}

function readVif(adapter: ClientNetworkAdapter, owner: Owner): Vif[] {
  const { macAddress, virtualSwitchID, portVLANID, trunkPriority } = adapter;
  const trunkOfVios = owner.type === VirtualIOServer && trunkPriority !== undefined;
  if (macAddress === undefined || virtualSwitchID === undefined || portVLANID === undefined || trunkOfVios)
    return [];
  return [
    {
      mac: restMac(macAddress),
      partition: owner.id,
      client: owner.client,
      switchId: virtualSwitchID,
      pvid: portVLANID,
      tagged: readVlans(adapter.taggedVLANIDs),
    },
  ];
}
