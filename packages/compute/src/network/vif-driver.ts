import type { Vif } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import type { Host } from '../host/host.js';
import type { Partition } from '../partition/partition.js';
import type { AdapterEntity } from './adapters.js';
import { seaDriver } from './sea.js';

/** How one kind of network interface gets onto a partition (section 13). */
export interface VifDriver {
  /** Makes the adapter. */
  plug(host: Host, partition: Partition, vif: Vif, call: CallOptions): Promise<AdapterEntity>;
  /** The adapter exists; restore what a restart of the host may have lost (VIF-4). */
  update(host: Host, partition: Partition, vif: Vif, call: CallOptions): Promise<void>;
}

const drivers: ReadonlyMap<string, VifDriver> = new Map([['pvm_sea', seaDriver]]);

/** Chooses by the VIF's type (VIF-1). */
export function vifDriverOf(vif: Vif): VifDriver {
  const driver = drivers.get(vif.type ?? '');
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
