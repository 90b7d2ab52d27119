import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PowerHost } from './host.js';
import { missing, PrivateNeutron } from './private-neutron.js';

const DIRECT = { 'binding:vnic_type': 'direct' };

describe('SR-IOV agent with a stock neutron-server and RabbitMQ', { skip: missing }, () => {
  let neutron: PrivateNeutron;
  let host: PowerHost;

  before(async () => {
    neutron = await PrivateNeutron.start();
    host = await PowerHost.start(neutron, 'powerhost', 8);
  });
  after(async () => {
    await host?.[Symbol.asyncDispose]();
    await neutron?.[Symbol.asyncDispose]();
  });

  const active = (id: string) => async () => (await host.port(id)).status === 'ACTIVE';
  const down = (id: string) => async () => (await host.port(id)).status === 'DOWN';
  const dataPorts = async () =>
    JSON.stringify((await host.agentState(host.sriov))?.['configurations']).match(/-P1-C\d+-T\d/g)?.length;

  test('AGT-1 SRA-1 SRA-2 Neutron sees both agents of the host, each with its mapping', async () => {
    const agent = await host.agentState(host.sriov);
    assert.equal(agent?.['agent_type'], 'PowerVM SR-IOV Ethernet agent');
    assert.equal(agent?.['binary'], 'networking-powervm-sriov-agent');
    assert.equal(await dataPorts(), 4);
    assert.match(JSON.stringify(await host.agentState(host.sea)), /"default":"ent5 on vios1/);
  });

  test('ML2-1 ML2-6 G06 G07 a direct port binds with what its NIC shall be like, and goes up, down, up and away', async () => {
    const network = await host.createNetwork({ physicalNetwork: 'data', vlan: 1500 });
    const port = await host.createPort(network, {
      ...DIRECT,
      'binding:profile': { vnic_required_vfs: 3, capacity: 0.1 },
      allowed_address_pairs: [{ ip_address: '192.0.2.9', mac_address: 'fa:16:3e:00:00:09' }],
    });
    assert.equal(port['binding:vif_type'], 'pvm_sriov');
    const { physical_ports, ...details } = port['binding:vif_details'];
    assert.equal(Array.isArray(physical_ports) && physical_ports.length, 4);
    assert.deepEqual(details, {
      ...{ port_filter: false, connectivity: 'l2', vlan: '1500', physical_network: 'data' },
      ...{ redundancy: 3, capacity: 0.1, maxcapacity: null },
      ...{ port_security: true, allowed_macs: ['fa:16:3e:00:00:09'] },
    });
    const vnic = await host.plugVnic(port, 0);
    await host.until('the port is active', active(port.id));
    await neutron.api('PUT', `ports/${port.id}`, { port: { admin_state_up: false } });
    await host.until('the port is down', down(port.id));
    await neutron.api('PUT', `ports/${port.id}`, { port: { admin_state_up: true } });
    await host.until('the port is active again', active(port.id));
    await host.unplugVnic(port, 0, vnic);
    await host.until('the port is down for good', down(port.id));
  });

  test('ML2-1 B-50 a direct port on a flat network binds without VLAN; one without port security may use any MAC', async () => {
    const network = await host.createNetwork({ physicalNetwork: 'data' });
    const port = await host.createPort(network, { ...DIRECT, port_security_enabled: false });
    const { vlan, redundancy, port_security } = port['binding:vif_details'];
    assert.deepEqual(
      { vlan, redundancy, port_security },
      { vlan: null, redundancy: 2, port_security: false },
    );
    await host.plugVnic(port, 1);
    await host.until('the port is active', active(port.id));
  });

  test('EVR-2 two NICs of different kinds: each agent marks its own', async () => {
    const sea = await host.createPort(await host.createNetwork({ vlan: 1501 }));
    const network = await host.createNetwork({ physicalNetwork: 'data', vlan: 1501 });
    const direct = await host.createPort(network, DIRECT);
    await host.plug(sea, 2, 1501);
    await host.plugVnic(direct, 2);
    await host.until('the SEA port is active', active(sea.id));
    await host.until('the direct port is active', active(direct.id));
    assert.ok(host.vlans().includes(1501));
  });

  test('G04 EVR-5 a new label is in Neutron before the next report, and ports bind to it', async () => {
    await host.relabel('fast');
    await host.until('the mapping names the new network', async () =>
      JSON.stringify(await host.agentState(host.sriov)).includes('"fast":['),
    );
    const port = await host.createPort(await host.createNetwork({ physicalNetwork: 'fast' }), DIRECT);
    assert.equal(port['binding:vif_type'], 'pvm_sriov');
    const unknown = await host.createNetwork({ physicalNetwork: 'nowhere' });
    assert.equal((await host.createPort(unknown, DIRECT))['binding:vif_type'], 'binding_failed');
  });

  test('the agent is away while a port is plugged', async () => {
    const network = await host.createNetwork({ physicalNetwork: 'data', vlan: 1502 });
    const port = await host.createPort(network, DIRECT);
    await host.sriov.stop();
    await host.plugVnic(port, 3);
    host.sriov.start();
    await host.until('the port is active', active(port.id));
  });

  test('ML2-8 a second binding for the destination of a migration gets that host’s details', async () => {
    await using other = await PowerHost.start(neutron, 'otherhost', 1);
    const network = await host.createNetwork({ physicalNetwork: 'data', vlan: 1503 });
    const port = await host.createPort(network, DIRECT);
    const binding = { host: other.name, vnic_type: 'direct', profile: {} };
    const created = await neutron.api('POST', `ports/${port.id}/bindings`, { binding });
    const { vif_type, status, vif_details } = Object(created['binding']);
    assert.deepEqual([vif_type, status], ['pvm_sriov', 'INACTIVE']);
    assert.equal(vif_details.physical_ports.length, 4);
    assert.notDeepEqual(vif_details.physical_ports, port['binding:vif_details']['physical_ports']);
  });
});
