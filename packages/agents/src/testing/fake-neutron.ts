import {
  type CastOptions,
  isJsonObject,
  type Json,
  type JsonObject,
  OsloError,
} from '@openstack-powervm/oslo';
import { neutronMac } from '../mac.js';
import type { Caller } from '../neutron/caller.js';

/** A port as neutron-server keeps it. */
export interface FakePort {
  readonly id: string;
  /** REST form. */
  readonly mac: string;
  readonly host: string;
  readonly physicalNetwork: string | null;
  readonly vlan: number | null;
  adminStateUp: boolean;
  status: 'DOWN' | 'BUILD' | 'ACTIVE';
}

/**
 * The part of neutron-server that an agent talks to, with the behaviour that requirements section 14 records: a
 * look-up puts a port into BUILD, unknown devices come back bare, another host's port has no active binding.
 */
export class FakeNeutron implements Caller {
  readonly ports: FakePort[] = [];
  readonly calls: { readonly method: string; readonly args: JsonObject }[] = [];
  readonly reports: JsonObject[] = [];
  /** Thrown by the next calls, one each. */
  readonly failures: Error[] = [];
  revive = false;

  bind(mac: string, vlan: number | null, more: Partial<FakePort> = {}): FakePort {
    const port: FakePort = {
      id: `port-of-${mac}`,
      mac,
      host: 'host1',
      physicalNetwork: 'default',
      vlan,
      adminStateUp: true,
      status: 'DOWN',
      ...more,
    };
    this.ports.push(port);
    return port;
  }

  called(method: string): readonly JsonObject[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.args);
  }

  async call(topic: string, method: string, args: JsonObject, options: CastOptions): Promise<Json> {
    if (options.signal?.aborted) throw new OsloError('OSLO_ABORTED', method);
    this.calls.push({ method, args });
    const failure = this.failures.shift();
    if (failure) throw failure;
    switch (`${topic} ${method} ${options.version}`) {
      case 'q-reports-plugin report_state 1.2':
        return this.#report(args);
      case 'q-plugin get_devices_details_list 1.3':
        return listOf(args['devices']).map((mac) => this.#details(mac, args['host']));
      case 'q-plugin update_device_up 1.0':
        return this.#mark(args, 'ACTIVE');
      case 'q-plugin update_device_down 1.0':
        return this.#mark(args, 'DOWN');
      default:
        throw new Error(`neutron-server has no ${method} ${options.version} on ${topic}`);
    }
  }

  #report(args: JsonObject): Json {
    const state = isJsonObject(args['agent_state']) ? args['agent_state']['agent_state'] : undefined;
    if (isJsonObject(state)) this.reports.push(state);
    const revived = this.revive;
    this.revive = false;
    return revived ? 'revived' : this.reports.length === 1 ? 'new' : 'alive';
  }

  #details(mac: string, host: Json | undefined): Json {
    const port = this.#find(mac);
    if (!port) return { device: mac };
    if (port.host !== host) return { device: mac, no_active_binding: true };
    if (port.status !== 'ACTIVE') port.status = port.adminStateUp ? 'BUILD' : 'DOWN';
    return {
      device: mac,
      port_id: port.id,
      mac_address: mac,
      network_type: 'vlan',
      physical_network: port.physicalNetwork,
      segmentation_id: port.vlan,
      admin_state_up: port.adminStateUp,
      profile: {},
    };
  }

  #mark({ device, host, agent_id: agent }: JsonObject, status: FakePort['status']): Json {
    if (typeof agent !== 'string') throw new Error('a call names no agent');
    const port = this.#find(String(device));
    if (port?.host === host && port) port.status = status;
    return null;
  }

  #find(mac: string): FakePort | undefined {
    return this.ports.find((port) => neutronMac(port.mac) === mac);
  }
}

function listOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
