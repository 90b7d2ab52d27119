import type { Vif } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import type { Host } from '../host/host.js';
import type { Partition } from '../partition/partition.js';
import { hostedDriver } from './hosted/hosted-driver.js';
import { linuxBridge } from './hosted/linux-bridge.js';
import { openVSwitch } from './hosted/open-vswitch.js';
import { seaDriver } from './sea.js';
import { vnicDriver } from './vnic/vnic-driver.js';

/** For whom an interface is plugged; Open vSwitch writes the instance beside the port. */
export type PlugCall = CallOptions & { readonly instanceUuid?: string | null };

/** A network interface that is on a partition. */
export interface PluggedVif {
  /** Reference to its adapter, as events carry it. */
  readonly href: string;
  /** Restores what a restart of the host may have lost (VIF-4). */
  update(call: PlugCall): Promise<void>;
  /** Takes it off the partition; an adapter that is gone is no error. */
  unplug(call: CallOptions): Promise<void>;
}

/** How one kind of network interface gets onto a partition (section 13). */
export interface VifDriver {
  /** Refuses what no host could plug, so that a deployment with it makes nothing. */
  check?(vif: Vif): void;
  /** Those VIFs that have an adapter on the partition, by port id (VIF-2). */
  find(
    host: Host,
    partition: Pick<Partition, 'uuid'>,
    vifs: readonly Vif[],
    call: CallOptions,
  ): Promise<ReadonlyMap<string, PluggedVif>>;
  /** Makes the adapter. */
  plug(host: Host, partition: Partition, vif: Vif, call: PlugCall): Promise<PluggedVif>;
  /** Removes what an attempt that was cut off has left beside the partition, for a VIF without adapter. */
  removeRemains?(host: Host, vif: Vif, call: CallOptions): Promise<void>;
}

const drivers: ReadonlyMap<string, VifDriver> = new Map([
  ['pvm_sea', seaDriver],
  ['pvm_sriov', vnicDriver],
  ['ovs', hostedDriver(openVSwitch)],
  ['bridge', hostedDriver(linuxBridge)],
]);

/** Undefined for a type that is not known, as after the binding is gone. */
export function findDriver({ type }: Pick<Vif, 'type'>): VifDriver | undefined {
  return drivers.get(type ?? '');
}

/** Chooses by the VIF's type (VIF-1). */
export function vifDriverOf(vif: Vif): VifDriver {
  const driver = findDriver(vif);
  if (driver) return driver;
  const problem =
    vif.type === null
      ? 'has no VIF type: Neutron did not bind it to this host; check that the network agent is alive'
      : `has the VIF type ${vif.type}, which this driver does not plug; it knows ${[...drivers.keys()].join(', ')}`;
  throw new DriverError('PVM_VIF_PLUG_FAILED', `Port ${vif.id} ${problem}`, {
    portId: vif.id,
    type: vif.type,
  });
}

/**
 * The VIFs that have an adapter on the partition, by port id. A port whose binding is gone, so that its type does
 * not tell, is looked for among the adapters of every kind.
 */
export async function findPlugged(
  host: Host,
  partition: Pick<Partition, 'uuid'>,
  vifs: readonly Vif[],
  call: CallOptions,
): Promise<ReadonlyMap<string, PluggedVif>> {
  const found = await Promise.all(
    [...drivers].map(([type, driver]) => {
      const own = vifs.filter((vif) => vif.type === type || !drivers.has(vif.type ?? ''));
      return own.length > 0 ? driver.find(host, partition, own, call) : new Map<string, PluggedVif>();
    }),
  );
  return new Map(found.flatMap((each) => [...each]));
}
