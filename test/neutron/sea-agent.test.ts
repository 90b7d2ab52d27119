import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { observeMessaging } from '@openstack-powervm/oslo';
import { type Port, PowerHost } from './host.js';
import { missing, PrivateNeutron } from './private-neutron.js';

const PORTS = 200;
const VLANS = 100;

describe('SEA agent with a stock neutron-server and RabbitMQ', { skip: missing }, () => {
  let neutron: PrivateNeutron;
  let host: PowerHost;

  before(async () => {
    neutron = await PrivateNeutron.start();
    host = await PowerHost.start(neutron, 'powerhost', 50);
  });
  after(async () => {
    await host?.[Symbol.asyncDispose]();
    await neutron?.[Symbol.asyncDispose]();
  });

  const active = (id: string) => async () => (await host.port(id)).status === 'ACTIVE';
  const down = (id: string) => async () => (await host.port(id)).status === 'DOWN';

  test('AGT-1 L-134 Neutron sees the agent with its mappings', async () => {
    const agent = await host.agentState(host.sea);
    assert.equal(agent?.['agent_type'], 'PowerVM Shared Ethernet agent');
    assert.equal(agent?.['binary'], 'networking-powervm-sharedethernet-agent');
    assert.deepEqual(agent?.['configurations'], {
      bridge_mappings: { default: 'ent5 on vios1, ent5 on vios2' },
      devices: 0,
    });
  });

  test('a port binds, is wired by an event, goes down, up and away', async () => {
    const port = await host.createPort(await host.createNetwork({ vlan: 1500 }));
    assert.equal(port['binding:vif_type'], 'pvm_sea');
    assert.equal(port['binding:vif_details']['vlan'], '1500');
    assert.equal(port.status, 'DOWN');
    const adapter = await host.plug(port, 0, 1500);
    await host.until('the port is active', active(port.id));
    assert.ok(host.vlans().includes(1500));
    await host.until('the agent reports one device', async () =>
      JSON.stringify(await host.agentState(host.sea)).includes('"devices":1'),
    );
    await neutron.api('PUT', `ports/${port.id}`, { port: { admin_state_up: false } });
    await host.until('the port is down', down(port.id));
    await neutron.api('PUT', `ports/${port.id}`, { port: { admin_state_up: true } });
    await host.until('the port is active again', active(port.id));
    await host.unplug(port, 0, adapter);
    await host.until('the port is down for good', down(port.id));
  });

  test('the broker is away while a port is plugged', async () => {
    const port = await host.createPort(await host.createNetwork({ vlan: 1501 }));
    await neutron.rabbit.down();
    await host.plug(port, 1, 1501);
    await neutron.rabbit.up();
    await host.until('the port is active', active(port.id));
  });

  test('the broker is killed without a goodbye while forty ports are plugged', async (context) => {
    const vlans = Array.from({ length: 20 }, (_, n) => 1510 + n);
    const networks = await Promise.all(vlans.map((vlan) => host.createNetwork({ vlan })));
    const ports: Port[] = [];
    for (let n = 0; n < 2 * vlans.length; n += 1)
      ports.push(await host.createPort(networks[n % vlans.length] ?? ''));
    const started = performance.now();
    const plugging = ports.map((port, n) => host.plug(port, 5 + (n % 5), vlans[n % vlans.length] ?? 0));
    await Promise.all(plugging.slice(0, 10));
    await neutron.rabbit.kill();
    await Promise.all(plugging);
    await neutron.rabbit.up();
    for (const { id } of ports) await host.until(`port ${id} is active`, active(id), 180);
    const seconds = (performance.now() - started) / 1000;
    context.diagnostic(`${ports.length} ports active ${seconds.toFixed(1)} s after the first plug`);
    for (const vlan of vlans) assert.ok(host.vlans().includes(vlan), `VLAN ${vlan}`);
  });

  test('neutron-server is away while a port is plugged', async () => {
    const port = await host.createPort(await host.createNetwork({ vlan: 1502 }));
    await neutron.down();
    await host.plug(port, 2, 1502);
    await neutron.up();
    await host.until('the port is active', active(port.id));
  });

  test('the agent is away while a port is plugged; its restart interrupts nothing', async () => {
    const port = await host.createPort(await host.createNetwork({ vlan: 1503 }));
    const vlans = host.vlans();
    await host.sea.stop();
    await host.plug(port, 3, 1503);
    assert.deepEqual(host.vlans(), vlans);
    host.sea.start();
    await host.until('the port is active', active(port.id));
    for (const vlan of vlans.filter((each) => each !== 1500))
      assert.ok(host.vlans().includes(vlan), `VLAN ${vlan}`);
  });

  test('the REST server breaks connections and forgets events while a port is plugged', async () => {
    const port = await host.createPort(await host.createNetwork({ vlan: 1504 }));
    host.simulator.faults.add({
      path: '/rest/api/uom/Event*',
      method: 'GET',
      count: 2,
      effect: { kind: 'reset', when: 'before' },
    });
    host.simulator.faults.add({
      path: '/rest/api/uom/ManagedSystem/*/NetworkBridge*',
      count: 2,
      effect: { kind: 'reset', when: 'before' },
    });
    await host.plug(port, 4, 1504);
    await host.until('the port is active', active(port.id));
  });

  test(`${PORTS} ports on ${VLANS} VLANs converge`, async (context) => {
    const networks = await Promise.all(
      Array.from({ length: VLANS }, (_, n) => host.createNetwork({ vlan: 1000 + n })),
    );
    const ports: Port[] = [];
    for (let n = 0; n < PORTS; n += 1) ports.push(await host.createPort(networks[n % VLANS] ?? ''));
    const answers = new Map<string, number[]>();
    const stop = observeMessaging((event) => {
      if (event.kind !== 'answered' || event.method === 'report_state') return;
      answers.set(event.method, [...(answers.get(event.method) ?? []), event.milliseconds]);
    });
    const requests = host.requests();
    const started = performance.now();
    await Promise.all(ports.map((port, n) => host.plug(port, 10 + (n % 40), 1000 + (n % VLANS))));
    const allActive = async () => {
      const { ports: found } = await neutron.api('GET', 'ports?status=ACTIVE&fields=id');
      const ids = new Set(Array.isArray(found) ? found.map((port) => port.id) : []);
      return ports.every((port) => ids.has(port.id));
    };
    const allServed = () => networks.every((_, n) => host.vlans().includes(1000 + n));
    await host.until('all VLANs are on the adapter', allServed, 300);
    const served = (performance.now() - started) / 1000;
    await host.until('all ports are active', allActive, 300);
    const seconds = (performance.now() - started) / 1000;
    stop();
    context.diagnostic(
      `${PORTS} ports on ${VLANS} VLANs: VLANs served after ${served.toFixed(1)} s, all ports active after ` +
        `${seconds.toFixed(1)} s from the first plug; ${host.requests() - requests} REST requests of the agent`,
    );
    for (const [method, times] of answers) {
      const sum = times.reduce((total, each) => total + each, 0) / 1000;
      context.diagnostic(`${method}: ${times.length} calls, answered after ${sum.toFixed(1)} s in all`);
    }
  });
});
