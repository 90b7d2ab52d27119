import type { Vif } from '../contract/index.js';
import { DriverError } from '../errors/index.js';
import type { Host } from '../host/host.js';
import type { Partition } from '../partition/partition.js';
import {
  type AdapterEntity,
  adapterWithMac,
  createAdapter,
  deleteAdapter,
  hrefOf,
  listAdapters,
} from './adapters.js';
import type { PluggedVif, VifDriver } from './vif-driver.js';

/** The switch that Shared Ethernet Adapters bridge (requirements 1.3). */
const defaultSwitch = 'ETHERNET0';

/** A client network adapter on the default switch; the network agent sees to the VLAN on the bridge (SEA-1). */
export const seaDriver: VifDriver = {
  check(vif) {
    vlanOf(vif);
  },

  async find(host, partition, vifs, call) {
    const adapters = await listAdapters(host.session, partition, call);
    const found = vifs.flatMap((vif) => {
      const adapter = adapterWithMac(adapters, vif.address);
      return adapter ? [[vif.id, plugged(host, partition, adapter)] as const] : [];
    });
    return new Map(found);
  },

  async plug(host, partition, vif, call) {
    const vlan = vlanOf(vif);
    const ethernet = await host.switches.find(defaultSwitch, call);
    if (!ethernet)
      throw new DriverError(
        'PVM_VIF_PLUG_FAILED',
        `Port ${vif.id} needs the virtual switch ${defaultSwitch}, which ${host.system.lastFacts.name} does not have`,
        { portId: vif.id },
      );
    const request = { switchHref: ethernet.href, vlan, mac: vif.address };
    return plugged(host, partition, await createAdapter(host.session, partition, request, call));
  },
};

function plugged({ session }: Host, partition: Pick<Partition, 'uuid'>, adapter: AdapterEntity): PluggedVif {
  return {
    href: hrefOf(session, adapter),
    // The adapter keeps its VLAN by itself (SEA-2).
    update: async () => {},
    unplug: (call) => deleteAdapter(session, partition, adapter, call),
  };
}

/** From the network, else from the binding's details, where it may be text (SEA-1). */
function vlanOf(vif: Vif): number {
  const given = vif.network.meta['vlan'] ?? vif.details['vlan'];
  const vlan = Number(given);
  if (Number.isInteger(vlan) && vlan >= 1 && vlan <= 4094) return vlan;
  throw new DriverError(
    'PVM_VIF_PLUG_FAILED',
    `Port ${vif.id} has the VLAN ${JSON.stringify(given ?? null)}, but a Shared Ethernet Adapter needs one from 1 to ` +
      '4094; only VLAN networks can be used (SEA-3)',
    { portId: vif.id },
  );
}
