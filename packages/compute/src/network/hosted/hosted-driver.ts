import { uuidOf } from '@openstack-powervm/rest';
import type { Vif } from '../../contract/index.js';
import { DriverError, sentenceOf } from '../../errors/index.js';
import type { CallOptions } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import type { Partition } from '../../partition/partition.js';
import {
  type AdapterEntity,
  adapterWithMac,
  createAdapter,
  deleteAdapter,
  hrefOf,
  listAdapters,
} from '../adapters.js';
import type { PluggedVif, VifDriver } from '../vif-driver.js';
import type { Connector } from './connector.js';
import { deviceNameOf, type HostedPort, hostedPortOf, refuseHybridPlug } from './hosted-port.js';
import { interfaceIdOf, isOnSwitch } from './trunk.js';
import { removeTrunk, trunksOf } from './trunk-removal.js';

/** Taking back half a plug must not hang for ever. */
const undoLimitMs = 60_000;

/**
 * Interfaces whose traffic NovaLink itself carries: a trunk adapter of NovaLink and a client adapter alone on a VLAN of
 * the private switch, and the trunk's network device on a bridge (section 13.3).
 */
export function hostedDriver(connector: Connector): VifDriver {
  return {
    async find(host, partition, vifs, call) {
      const found = await host.privateSwitch.find(call);
      if (!found) return new Map();
      const uuid = uuidOf(found.href) ?? '';
      const adapters = await listAdapters(host.session, partition, call);
      const ours = adapters.filter(({ value }) => isOnSwitch(value, uuid));
      const pairs = vifs.flatMap((vif) => {
        const adapter = adapterWithMac(ours, vif.address);
        return adapter ? [[vif.id, plugged(connector, host, partition, vif, adapter)] as const] : [];
      });
      return new Map(pairs);
    },

    async plug(host, partition, vif, call) {
      refuseHybridPlug(vif);
      const port = hostedPortOf(vif, call.instanceUuid);
      await removeRemains(host, vif, call);
      try {
        return await plugPair(connector, host, partition, { vif, port }, call);
      } catch (thrown) {
        throw plugFailure(thrown, port, partition);
      }
    },

    removeRemains,
  };
}

/** Trunk first, so that the VLAN is taken; what was made goes again when the rest fails. */
async function plugPair(
  connector: Connector,
  host: Host,
  partition: Partition,
  { vif, port }: { readonly vif: Vif; readonly port: HostedPort },
  call: CallOptions,
): Promise<PluggedVif> {
  const { trunk, switchHref, vlan } = await host.privateSwitch.createTrunk(connector.attributes(port), call);
  let adapter: AdapterEntity | undefined;
  try {
    adapter = await createAdapter(host.session, partition, { switchHref, vlan, mac: vif.address }, call);
    await connector.connect(host.machine, port, call);
    return plugged(connector, host, partition, vif, adapter);
  } catch (thrown) {
    const undo = { signal: AbortSignal.timeout(undoLimitMs) };
    try {
      await removeTrunk(host, trunk, undo);
      if (adapter) await deleteAdapter(host.session, partition, adapter, undo);
    } catch (second) {
      host.log.error(`Port ${vif.id} may leave a trunk adapter on NovaLink: ${sentenceOf(second)}`);
    }
    throw thrown;
  }
}

function plugged(
  connector: Connector,
  host: Host,
  partition: Pick<Partition, 'uuid'>,
  vif: Vif,
  adapter: AdapterEntity,
): PluggedVif {
  return {
    href: hrefOf(host.session, adapter),

    /** After a restart of NovaLink the devices are gone, and without this the guests' network (OVS-4). */
    async update(call) {
      const port = hostedPortOf(vif, call.instanceUuid);
      const attributes = connector.attributes(port);
      const [trunk] = await trunksOf(host, adapter, call);
      if (trunk) await host.privateSwitch.rewriteTrunk(trunk, attributes, call);
      else await host.privateSwitch.createTrunk(attributes, call, adapter.value.portVLANID);
      await connector.connect(host.machine, port, call);
    },

    /** OVS-5 */
    async unplug(call) {
      for (const trunk of await trunksOf(host, adapter, call)) await removeTrunk(host, trunk, call);
      await deleteAdapter(host.session, partition, adapter, call);
    },
  };
}

/**
 * Trunks that an attempt which was cut off has left for this port, which has no client adapter. They are known by the
 * port's id, as their own MAC address is not the guest's (OVS-11), or by the device name they would quarrel about.
 */
async function removeRemains(host: Host, vif: Vif, call: CallOptions): Promise<void> {
  const deviceName = deviceNameOf(vif);
  for (const trunk of await host.privateSwitch.trunks(call)) {
    const own =
      interfaceIdOf(trunk) === (vif.ovsInterfaceId ?? vif.id) || trunk.value.deviceName === deviceName;
    if (!own) continue;
    host.log.warn(`Removing trunk ${deviceName} that an earlier attempt left for port ${vif.id}`);
    await removeTrunk(host, trunk, call);
  }
}

function plugFailure(thrown: unknown, { portId, bridge }: HostedPort, { name }: Partition): DriverError {
  return new DriverError(
    'PVM_VIF_PLUG_FAILED',
    `Port ${portId} of partition ${name} could not be connected to bridge ${bridge}: ${sentenceOf(thrown)}`,
    { portId, partition: name, bridge },
    thrown,
  );
}
