import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { missing, PrivateNeutron } from '../neutron/private-neutron.js';
import { type BoundPort, CarryingHost, until } from './carrying-host.js';
import { Listener, sendDatagram } from './listener.js';
import { whyNoNamespaces } from './namespace.js';
import { missingOpenVSwitch } from './private-open-vswitch.js';
import { missingAgent } from './stock-agent.js';

const skip = missing ?? missingOpenVSwitch ?? missingAgent ?? whyNoNamespaces();

/** Ports of UDP that rules are made for; nothing listens there on any machine of the tests. */
const allowed = 5000;
const refused = 5001;
/** The VLAN to which the agent moves a port that nobody may reach. */
const nobody = '4095';

describe('ports that Neutron’s own Open vSwitch agent wires', { skip }, () => {
  let neutron: PrivateNeutron;
  let hosts: CarryingHost[] = [];
  let group: string;

  before(async () => {
    neutron = await PrivateNeutron.start();
    for (const number of [1, 2]) hosts.push(await CarryingHost.start(neutron, `novalink${number}`, number));
    const [one, two] = hosts;
    if (one && two) await one.connect(two);
    const alive = async () => {
      const { agents } = await neutron.api('GET', 'agents?alive=true');
      return Array.isArray(agents) && agents.length === hosts.length;
    };
    await until('both agents are alive', alive, logs);
    group = await create('security_group', { name: 'one-port' });
    await allow(allowed);
  });
  after(async () => {
    for (const host of hosts) await host[Symbol.asyncDispose]();
    hosts = [];
    await neutron?.[Symbol.asyncDispose]();
  });

  const logs = async () => (await Promise.all(hosts.map(({ agent }) => agent.log()))).join('\n');
  const eventually = (what: string, holds: () => Promise<boolean>) => until(what, holds, logs);

  async function create(kind: string, fields: Record<string, unknown>): Promise<string> {
    const body = await neutron.api('POST', `${kind.replaceAll('_', '-')}s`, {
      [kind]: { project_id: 'p', ...fields },
    });
    return String(Object(body[kind]).id);
  }

  async function allow(port: number): Promise<void> {
    await create('security_group_rule', {
      ...{ security_group_id: group, direction: 'ingress', ethertype: 'IPv4', protocol: 'udp' },
      ...{ port_range_min: port, port_range_max: port },
    });
  }

  async function network(type: string, more: Record<string, unknown> = {}): Promise<string> {
    const id = await create('network', { name: type, 'provider:network_type': type, ...more });
    await create('subnet', { network_id: id, cidr: '192.0.2.0/24', ip_version: 4, enable_dhcp: false });
    return id;
  }

  async function read(id: string): Promise<BoundPort> {
    // The fields of a port are those of the Networking API.
    return (await neutron.api('GET', `ports/${id}`))['port'] as BoundPort;
  }

  async function boundPort(networkId: string, host: CarryingHost | undefined): Promise<BoundPort> {
    const id = await create('port', {
      ...{ network_id: networkId, device_id: 'server', device_owner: 'compute:nova' },
      ...{ 'binding:host_id': host?.name, security_groups: [group] },
    });
    return await read(id);
  }

  const hasStatus = (port: BoundPort, status: string) => async () => (await read(port.id)).status === status;

  /** One port on each host, plugged and wired; the guests behind them. */
  async function pair(networkId: string) {
    const ports = await Promise.all(hosts.map((host) => boundPort(networkId, host)));
    const [near, far] = ports;
    const [one, two] = hosts;
    assert.ok(near && far && one && two);
    const guests = [await one.plug(near), await two.plug(far)] as const;
    for (const port of [near, far]) await eventually('the port is active', hasStatus(port, 'ACTIVE'));
    return { near, far, one, two, from: guests[0], to: guests[1] };
  }

  /** Sends until one datagram is heard; what else has been heard by then shows which ones do not get through. */
  async function reaches(
    { from, far }: Awaited<ReturnType<typeof pair>>,
    listener: Listener,
    ports: readonly number[],
  ): Promise<void> {
    const [{ ip_address: address = '' } = {}] = far.fixed_ips;
    const expected = `${ports.at(-1)} hello`;
    await eventually(`a datagram to port ${ports.at(-1)} arrives`, async () => {
      for (const port of ports) await sendDatagram(from, address, port, 'hello');
      return listener.heard.includes(expected);
    });
  }

  test('N02 N09 guests on two hosts talk over VXLAN', async () => {
    const link = await pair(await network('vxlan'));
    assert.equal(link.near['binding:vif_type'], 'ovs');
    assert.equal(link.near['binding:vif_details']['ovs_hybrid_plug'], false);
    for (const [host, port] of [
      [link.one, link.near],
      [link.two, link.far],
    ] as const) {
      assert.equal(await host.column('Interface', port, 'external_ids:iface-id'), port.id);
      assert.ok(Number(await host.column('Interface', port, 'ofport')) > 0);
      assert.match(await host.column('Port', port, 'tag'), /^[1-9]\d*$/, 'the agent’s own VLAN');
    }
    await using listener = await Listener.in(link.to, allowed);
    await reaches(link, listener, [allowed]);
    assert.match(await link.two.ovs.vsctl('list', 'Interface'), /remote_ip="198\.51\.100\.1"/);
  });

  test('N08 guests hear what their security group allows, and its changes', async () => {
    const link = await pair(await network('vxlan'));
    await using listener = await Listener.in(link.to, allowed, refused);
    await reaches(link, listener, [refused, allowed]);
    assert.ok(!listener.heard.some((line) => line.startsWith(String(refused))), String(listener.heard));
    assert.match(await link.two.flows(), /udp.*tp_dst=5000/);
    assert.doesNotMatch(await link.two.flows(), /tp_dst=5001/);
    await allow(refused);
    await reaches(link, listener, [refused]);
  });

  test('N09 guests on two hosts talk on a VLAN of a physical network, and on a flat one', async () => {
    const data = { 'provider:physical_network': 'data' };
    for (const id of [
      await network('vlan', { ...data, 'provider:segmentation_id': 1234 }),
      await network('flat', data),
    ]) {
      const link = await pair(id);
      await using listener = await Listener.in(link.to, allowed);
      await reaches(link, listener, [allowed]);
    }
  });

  test('N02 OVS-4 G07 a port goes down with its adapter, and comes back when it is plugged again', async () => {
    const [host] = hosts;
    assert.ok(host);
    const port = await boundPort(await network('vxlan'), host);
    await host.plug(port);
    await eventually('the port is active', hasStatus(port, 'ACTIVE'));
    await host.unplug(port);
    await eventually('the port is down', hasStatus(port, 'DOWN'));
    await host.plug(port);
    await eventually('the port is active again', hasStatus(port, 'ACTIVE'));
  });

  test('N08 a port that is switched off is cut off by the agent and comes back', async () => {
    const [host] = hosts;
    assert.ok(host);
    const port = await boundPort(await network('vxlan'), host);
    await host.plug(port);
    await eventually('the port is active', hasStatus(port, 'ACTIVE'));
    for (const up of [false, true]) {
      await neutron.api('PUT', `ports/${port.id}`, { port: { admin_state_up: up } });
      await eventually(`the port is switched ${up ? 'on' : 'off'}`, hasStatus(port, up ? 'ACTIVE' : 'DOWN'));
      const isCutOff = async () => (await host.column('Port', port, 'tag')) === nobody;
      await eventually(`the port is ${up ? '' : 'not '}on its VLAN`, async () => (await isCutOff()) === !up);
    }
  });
});
