import type { Vif } from '../../contract/index.js';
import { DriverError } from '../../errors/index.js';
import type { CallOptions } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import type { Partition } from '../../partition/partition.js';
import type { PluggedVif, VifDriver } from '../vif-driver.js';
import { type BackingDevice, chooseBacking, NoBacking } from './backing.js';
import { createVnic, deleteVnic, listVnics, type VnicEntity, vnicWithMac } from './virtual-nics.js';
import { type VnicRequest, vnicRequestOf } from './vnic-request.js';

/** A virtual NIC, backed by SR-IOV logical ports of Virtual I/O Servers (section 13.4). */
export const vnicDriver: VifDriver = {
  check(vif) {
    vnicRequestOf(vif);
  },

  async find(host, partition, vifs, call) {
    const vnics = await listVnics(host, partition, call);
    const found = vifs.flatMap((vif) => {
      const vnic = vnicWithMac(vnics, vif.address);
      return vnic ? [[vif.id, plugged(host, partition, vnic)] as const] : [];
    });
    return new Map(found);
  },

  async plug(host, partition, vif, call) {
    const request = vnicRequestOf(vif);
    // The next choice must see what this one took.
    const vnic = await host.vnicLock.run(
      host.system.id,
      async () => {
        const devices = await choose(host, partition, vif, request, call);
        return createVnic(host.session, partition, request, devices, call);
      },
      call,
    );
    return plugged(host, partition, vnic);
  },
};

function plugged({ session }: Host, partition: Pick<Partition, 'uuid'>, vnic: VnicEntity): PluggedVif {
  return {
    href: `${session.endpoint}${vnic.path.split('?')[0]}`,
    // The platform keeps the backing devices by itself.
    update: async () => {},
    unplug: (call) => deleteVnic(session, partition, vnic, call),
  };
}

async function choose(
  host: Host,
  partition: Partition,
  vif: Vif,
  request: VnicRequest,
  call: CallOptions,
): Promise<readonly BackingDevice[]> {
  const system = await host.system.facts(call);
  const vioses = await host.vioses.active(call);
  try {
    return chooseBacking(request, { system, vioses, random: Math.random });
  } catch (thrown) {
    if (!(thrown instanceof NoBacking)) throw thrown;
    throw new DriverError(
      'PVM_VIF_PLUG_FAILED',
      `Port ${vif.id} (${vif.address}) of partition ${partition.name} on physical network ${request.physicalNetwork} ` +
        `cannot get a virtual NIC: ${thrown.message}`,
      { portId: vif.id, partition: partition.name, physicalNetwork: request.physicalNetwork },
      thrown,
    );
  }
}
