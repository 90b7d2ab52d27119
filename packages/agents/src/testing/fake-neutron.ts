import {
  type CastOptions,
  isJsonObject,
  type Json,
  type JsonObject,
  OsloError,
  RemoteError,
} from '@openstack-powervm/oslo';
import { neutronMac, restMac } from '../mac.js';
import type { Caller } from '../neutron/caller.js';

/** A port as neutron-server keeps it. */
export interface FakePort {
  readonly id: string;
  /** REST form. */
  readonly mac: string;
  readonly host: string;
  readonly physicalNetwork: string | null;
  readonly vlan: number | null;
  readonly networkId: string;
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
  /** Runs when a call has had its effect and is not answered yet. */
  answering: (method: string) => Promise<void> | void = () => {};
  /** A MAC, in REST form, whose look-up fails with an exception. */
  stumblesOver: string | undefined;

  bind(mac: string, vlan: number | null, more: Partial<FakePort> = {}): FakePort {
    const port: FakePort = {
      id: `port-of-${mac}`,
      mac,
      host: 'host1',
      physicalNetwork: 'default',
      vlan,
      networkId: `network-${vlan ?? 'flat'}`,
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
    const answer = this.#answer(topic, method, args, options);
    await this.answering(method);
    return answer;
  }

  #answer(topic: string, method: string, args: JsonObject, options: CastOptions): Json {
    switch (`${topic} ${method} ${options.version}`) {
      case 'q-reports-plugin report_state 1.2':
        return this.#report(args);
      case 'q-plugin get_devices_details_list 1.3':
        return listOf(args['devices']).map((mac) => this.#details(mac, args['host']));
      case 'q-plugin update_device_list 1.5':
        this.#mark(args, 'devices_up', 'ACTIVE');
        this.#mark(args, 'devices_down', 'DOWN');
        return { devices_up: [], failed_devices_up: [], devices_down: [], failed_devices_down: [] };
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
    if (this.stumblesOver === restMac(mac))
      throw new RemoteError('get_device_details', {
        className: 'Boom',
        module: 'x',
        message: 'boom',
        traceback: [],
      });
    const port = this.#find(mac);
    if (!port) return { device: mac };
    if (port.host !== host) return { device: mac, no_active_binding: true };
    if (port.status !== 'ACTIVE') port.status = port.adminStateUp ? 'BUILD' : 'DOWN';
    return {
      device: mac,
      port_id: port.id,
      network_id: port.networkId,
      mac_address: mac,
      network_type: 'vlan',
      physical_network: port.physicalNetwork,
      segmentation_id: port.vlan,
      admin_state_up: port.adminStateUp,
      profile: {},
    };
  }

  #mark(args: JsonObject, devices: string, status: FakePort['status']): void {
    if (typeof args['agent_id'] !== 'string') throw new Error('a call names no agent');
    for (const device of listOf(args[devices])) {
      const port = this.#find(device);
      if (port?.host === args['host'] && port) port.status = status;
    }
  }

  #find(mac: string): FakePort | undefined {
    return this.ports.find((port) => neutronMac(port.mac) === mac);
  }
}

function listOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
