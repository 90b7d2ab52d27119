import { isJsonObject, type Json, type JsonObject, OsloError, RemoteError } from '@openstack-powervm/oslo';
import { neutronMac, restMac } from '../mac.js';
import { pause } from '../waiting.js';
import type { Caller } from './caller.js';

/** What Neutron knows about a port that is bound to this host (AGT-10). */
export interface DeviceDetails {
  /** The name under which Neutron wants to hear of the port again. */
  readonly device: string;
  readonly portId: string;
  readonly networkId: string | null;
  /** REST form. */
  readonly mac: string;
  readonly physicalNetwork: string | null;
  readonly networkType: string | null;
  /** The VLAN; null on flat networks. */
  readonly segmentationId: number | null;
  readonly adminStateUp: boolean;
}

/** What Neutron said about devices, by MAC in REST form. */
export interface Lookup {
  readonly known: ReadonlyMap<string, DeviceDetails>;
  /** Neutron could not tell; asking again later may help. */
  readonly failed: readonly string[];
}

interface GrowingLookup {
  readonly known: Map<string, DeviceDetails>;
  readonly failed: string[];
}

export interface NeutronPluginOptions {
  readonly rpc: Caller;
  readonly agentId: string;
  readonly host: string;
}

const TOPIC = 'q-plugin';
/** Versions in which Neutron 21 and later serve these methods (AGT-4; captures: oslo-messaging, file 31). */
const VERSION = { details: '1.3', state: '1.5' };
/** How often a call that may not have been executed is asked again, and after how long. */
const TRIES = 3;
const RETRY_MS = 1000;
/** Devices asked for in one call, so that none comes near the time limit. */
const BATCH = 50;

/** What an L2 agent tells neutron-server and asks of it. Every call names the host (AGT-9, B-51). */
export class NeutronPlugin {
  readonly #options: NeutronPluginOptions;

  constructor(options: NeutronPluginOptions) {
    this.#options = options;
  }

  /**
   * Ports by MAC in REST form. MACs that Neutron does not know, or that are bound to another host, are left out
   * (AGT-7). Asking puts ports into BUILD: each must be marked up or down afterwards (AGT-8).
   */
  async details(macs: readonly string[], signal: AbortSignal): Promise<Lookup> {
    const lookup = { known: new Map<string, DeviceDetails>(), failed: [] };
    for (let at = 0; at < macs.length; at += BATCH) {
      await this.#lookUp(macs.slice(at, at + BATCH), lookup, signal);
    }
    return lookup;
  }

  /**
   * Of Neutron's look-ups only those that take devices one by one accept a MAC;
   * `get_devices_details_list_and_failed_devices` knows ports by their id alone.
   */
  async #lookUp(macs: readonly string[], lookup: GrowingLookup, signal: AbortSignal): Promise<void> {
    try {
      const devices = macs.map(neutronMac);
      const answer = await this.#call('get_devices_details_list', { devices }, VERSION.details, signal);
      if (!Array.isArray(answer)) return;
      for (const details of answer.flatMap(readDetails)) lookup.known.set(details.mac, details);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      // One device that upsets the server must not hide the others.
      if (macs.length === 1) lookup.failed.push(...macs);
      else for (const mac of macs) await this.#lookUp([mac], lookup, signal);
    }
  }

  /**
   * Tells Neutron which ports are wired and which are not, several in one call. Returns the devices for which it
   * failed; the others are done.
   */
  async mark(
    up: readonly string[],
    down: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    const args = { devices_up: up, devices_down: down };
    const answer = await this.#call('update_device_list', args, VERSION.state, signal);
    if (!isJsonObject(answer)) return new Set();
    return new Set([...textsOf(answer['failed_devices_up']), ...textsOf(answer['failed_devices_down'])]);
  }

  /** All these calls can be repeated without harm, so an answer lost with the broker is simply asked for again. */
  async #call(method: string, args: JsonObject, version: string, signal: AbortSignal): Promise<Json> {
    const { rpc, agentId, host } = this.#options;
    const all = { ...args, agent_id: agentId, host };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await rpc.call(TOPIC, method, all, { version, signal, mandatory: true });
      } catch (error) {
        const passing =
          error instanceof OsloError && error.grade === 'retry' && error.code !== 'OSLO_RPC_TIMEOUT';
        if (!passing || attempt >= TRIES) throw error;
        await pause(RETRY_MS, signal);
      }
    }
  }
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Unknown devices come back without `mac_address`. */
function readDetails(fields: Json): DeviceDetails[] {
  if (!isJsonObject(fields)) return [];
  const { device, mac_address: mac, port_id: portId, segmentation_id: vlan } = fields;
  if (typeof device !== 'string' || typeof mac !== 'string') return [];
  const text = (name: string): string | null => {
    const value = fields[name];
    return typeof value === 'string' ? value : null;
  };
  return [
    {
      device,
      portId: typeof portId === 'string' ? portId : device,
      networkId: text('network_id'),
      mac: restMac(mac),
      physicalNetwork: text('physical_network'),
      networkType: text('network_type'),
      segmentationId: typeof vlan === 'number' ? vlan : null,
      adminStateUp: fields['admin_state_up'] !== false,
    },
  ];
}
