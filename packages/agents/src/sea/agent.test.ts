import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { OsloError } from '@openstack-powervm/oslo';
import { MAC, startSeaAgent, TWO_BRIDGES } from '../testing/sea-rig.js';

describe('SEA agent', () => {
  test('AGT-1 AGT-3 B-21 reports who it is, what it serves and how many ports it has wired', async () => {
    await using it = await startSeaAgent({
      before: async (system, neutron) => {
        await system.plug(0, MAC[0], 100);
        neutron.bind(MAC[0], 100);
      },
    });
    await it.until(() => it.neutron.reports.some((report) => JSON.stringify(report).includes('"devices":1')));
    const [first, second] = it.neutron.reports;
    assert.equal(first?.['agent_type'], 'PowerVM Shared Ethernet agent');
    assert.equal(first?.['binary'], 'networking-powervm-sharedethernet-agent');
    assert.equal(first?.['host'], 'host1');
    assert.equal(first?.['start_flag'], true);
    assert.deepEqual(first?.['configurations'], {
      bridge_mappings: { default: 'ent5 on vios1, ent5 on vios2' },
      devices: 0,
    });
    assert.ok(second && !('start_flag' in second));
  });

  test('AGT-3 the start flag stays until a report has got through; failures are not fatal', async () => {
    await using it = await startSeaAgent({
      healed: false,
      before: (_system, neutron) => {
        neutron.failures.push(
          new OsloError('OSLO_RPC_NO_LISTENER', 'not yet'),
          new OsloError('OSLO_RPC_TIMEOUT', 'late'),
        );
      },
    });
    await it.until(() => it.neutron.reports.length > 1);
    const flags = it.neutron
      .called('report_state')
      .map((args) => JSON.stringify(args).includes('start_flag'));
    assert.deepEqual(flags.slice(0, 4), [true, true, true, false]);
    assert.equal(it.log.at('warn').filter((line) => line.includes('could not report')).length, 1);
  });

  test('SEAA-6 AGT-4 AGT-8 AGT-9 L-123 L-125 L-129 L-133 healing provisions every port of this host and marks it up', async () => {
    await using it = await startSeaAgent({
      before: async (system, neutron) => {
        await system.plug(0, MAC[0], 100);
        await system.plug(1, MAC[1], 101);
        await system.plug(2, MAC[2], 4094, 'MGMTSWITCH');
        await system.plug(3, MAC[3], 103);
        neutron.bind(MAC[0], 100);
        neutron.bind(MAC[1], 101, { adminStateUp: false });
        neutron.bind(MAC[3], 103, { host: 'other' });
      },
    });
    assert.deepEqual(it.system.vlans(), [1, 100, 101]);
    assert.deepEqual(
      it.neutron.ports.map((port) => port.status),
      ['ACTIVE', 'DOWN', 'DOWN'],
    );
    const [lookup] = it.neutron.called('get_devices_details_list');
    assert.equal(lookup?.['host'], 'host1');
    assert.equal(lookup?.['agent_id'], 'sea-agent-host1');
    const asked = lookup?.['devices'];
    assert.ok(
      Array.isArray(asked) && asked.includes('aa:bb:cc:dd:ee:00') && !asked.includes('aa:bb:cc:dd:ee:02'),
      'SEAA-7',
    );
    assert.deepEqual(it.log.at('warn'), [], 'AGT-7 unknown adapters are ignored quietly');
  });

  test('VIF-11 EVR-6 B-19 an event wires a port, the next one marks it down', async () => {
    await using it = await startSeaAgent();
    const port = it.neutron.bind(MAC[0], 200);
    const href = await it.system.plug(0, MAC[0], 200);
    await it.system.announce('plug', MAC[0], href);
    await it.until(() => port.status === 'ACTIVE');
    assert.deepEqual(it.system.vlans(), [1, 200]);
    await it.system.unplug(0, href);
    await it.system.announce('unplug', MAC[0], href);
    await it.until(() => port.status === 'DOWN');
  });

  test('EVR-2 B-51 L-116 an event for another agent, or of somebody else, asks Neutron nothing', async () => {
    await using it = await startSeaAgent();
    const href = await it.system.plug(0, MAC[0], 200);
    const port = it.neutron.bind(MAC[0], 200);
    await it.system.announce('plug', MAC[0], href, 'pvm_sriov');
    await it.system.session.inject({ data: href, detail: 'not JSON' });
    await it.system.session.inject({
      data: href,
      detail: JSON.stringify({ provider: 'X', action: 'plug', mac: MAC[0], type: 'pvm_sea' }),
    });
    await it.system.announce('explode', MAC[0], href);
    const last = it.neutron.bind(MAC[1], 201);
    await it.system.announce('plug', MAC[1], await it.system.plug(1, MAC[1], 201));
    await it.until(() => last.status === 'ACTIVE');
    assert.equal(port.status, 'DOWN');
    assert.ok(!JSON.stringify(it.neutron.called('get_devices_details_list')).includes('ee:00'));
  });

  test('L-135 a port that Neutron stumbles over does not hide the others, and is asked for again', async () => {
    await using it = await startSeaAgent({
      before: async (system, neutron) => {
        await system.plug(0, MAC[0], 100);
        await system.plug(1, MAC[1], 101);
        neutron.bind(MAC[0], 100);
        neutron.bind(MAC[1], 101);
        neutron.stumblesOver = MAC[0];
      },
    });
    assert.deepEqual(
      it.neutron.ports.map((port) => port.status),
      ['DOWN', 'ACTIVE'],
    );
    it.neutron.stumblesOver = undefined;
    await it.until(() => it.neutron.ports[0]?.status === 'ACTIVE');
  });

  test('EVR-6 an event about a MAC that Neutron does not know is a warning', async () => {
    await using it = await startSeaAgent();
    await it.system.announce('plug', MAC[0], await it.system.plug(0, MAC[0], 200));
    await it.until(() => it.log.at('warn').some((line) => line.includes(MAC[0])));
    assert.deepEqual(it.system.vlans(), [1]);
  });

  test('B-17 B-51 SEAA-4 SEAA-11 an unknown physical network is skipped and not marked up', async () => {
    await using it = await startSeaAgent({
      before: async (system, neutron) => {
        await system.plug(0, MAC[0], 100);
        await system.plug(1, MAC[1], 101);
        neutron.bind(MAC[0], 100, { physicalNetwork: 'speedy' });
        neutron.bind(MAC[1], 101);
      },
    });
    assert.deepEqual(
      it.neutron.ports.map((port) => port.status),
      ['BUILD', 'ACTIVE'],
    );
    assert.match(it.log.at('warn').join('\n'), /bridge_mappings does not name its physical network.*speedy/);
  });

  test('B-20 EVR-8 what fails on one bridge does not stop the other; it is tried again', async () => {
    await using it = await startSeaAgent({
      system: TWO_BRIDGES,
      options: { bridgeMappings: 'a:ent5:vios1,b:ent9:vios2' },
    });
    it.system.simulator.faults.add({
      path: `/rest/api/uom/ManagedSystem/*/NetworkBridge/${it.system.bridgeId('ETHERNET0')}*`,
      method: 'POST',
      count: 1,
      effect: { kind: 'error', status: 500, message: 'The bridge is out of order.' },
    });
    const broken = it.neutron.bind(MAC[0], 300, { physicalNetwork: 'a' });
    const fine = it.neutron.bind(MAC[1], 301, { physicalNetwork: 'b' });
    await it.system.announce('plug', MAC[0], await it.system.plug(0, MAC[0], 300));
    await it.system.announce('plug', MAC[1], await it.system.plug(1, MAC[1], 301, 'ETHERNET1'));
    await it.until(() => fine.status === 'ACTIVE');
    assert.match(it.log.at('error').join('\n'), /The bridge is out of order/);
    assert.deepEqual(it.system.vlans('ETHERNET1'), [1, 301]);
    await it.system.announce(
      'plug',
      MAC[0],
      `${it.system.session.endpoint}/rest/api/uom/LogicalPartition/${it.system.partition(0)}/ClientNetworkAdapter/x`,
    );
    await it.until(() => broken.status === 'ACTIVE');
  });

  test('RETRY-3 a bridge that was changed by somebody else, or a busy VIOS, only delays', async () => {
    await using it = await startSeaAgent();
    const bridge = `/rest/api/uom/ManagedSystem/*/NetworkBridge/${it.system.bridgeId()}*`;
    it.system.simulator.faults.add({
      path: bridge,
      method: 'POST',
      count: 1,
      effect: { kind: 'error', status: 412 },
    });
    it.system.simulator.faults.add({
      path: bridge,
      method: 'GET',
      skip: 1,
      count: 1,
      effect: { kind: 'reset', when: 'before' },
    });
    const port = it.neutron.bind(MAC[0], 300);
    await it.system.announce('plug', MAC[0], await it.system.plug(0, MAC[0], 300));
    await it.until(() => port.status === 'ACTIVE');
    assert.deepEqual(it.system.vlans(), [1, 300]);
  });

  test('EVR-1 missed events make the agent ask for every port again', async () => {
    await using it = await startSeaAgent();
    const port = it.neutron.bind(MAC[0], 300);
    await it.system.plug(0, MAC[0], 300);
    it.system.simulator.faults.add({ path: '/rest/api/uom/Event*', count: 1, effect: { kind: 'event-gap' } });
    await it.system.announce('plug', MAC[1], 'http://localhost/nothing');
    await it.until(() => port.status === 'ACTIVE');
  });

  test('a revived agent asks for every port again', async () => {
    await using it = await startSeaAgent();
    const port = it.neutron.bind(MAC[0], 300);
    await it.system.plug(0, MAC[0], 300);
    it.neutron.revive = true;
    await it.until(() => port.status === 'ACTIVE');
  });

  test('a port whose “up” was lost with the broker is told again', async () => {
    await using it = await startSeaAgent({ options: { reportIntervalMs: 3_600_000 } });
    const port = it.neutron.bind(MAC[0], 300);
    const lost = new OsloError('OSLO_RPC_TIMEOUT', 'no answer');
    const href = await it.system.plug(0, MAC[0], 300);
    it.neutron.failures.push(lost);
    await it.system.announce('plug', MAC[0], href);
    await it.until(() => port.status === 'ACTIVE');
    assert.equal(it.neutron.failures.length, 0);
  });

  test('AGT-5 a port that is switched off is marked down, and up again', async () => {
    await using it = await startSeaAgent({
      before: async (system, neutron) => {
        await system.plug(0, MAC[0], 100);
        neutron.bind(MAC[0], 100);
      },
    });
    const [port] = it.neutron.ports;
    assert.ok(port?.status === 'ACTIVE');
    const tell = (adminStateUp: boolean) => {
      port.adminStateUp = adminStateUp;
      const message = { id: port.id, 'binding:host_id': 'host1', admin_state_up: adminStateUp };
      return it.notify('port_update', {
        port: message,
        network_type: 'vlan',
        segmentation_id: 100,
        physical_network: 'default',
      });
    };
    await tell(false);
    await it.until(() => port.status === 'DOWN');
    await tell(true);
    await it.until(() => port.status === 'ACTIVE');
  });

  test('AGT-5 G07 a port that is switched while Neutron is still being told of it is looked up again', async () => {
    await using it = await startSeaAgent({ options: { reportIntervalMs: 3_600_000 } });
    const port = it.neutron.bind(MAC[0], 100);
    const wanted = [false, true];
    it.neutron.answering = (method) => {
      const adminStateUp = method === 'update_device_list' ? wanted.shift() : undefined;
      if (adminStateUp === undefined) return;
      port.adminStateUp = adminStateUp;
      const more = { 'binding:host_id': 'host1', admin_state_up: adminStateUp };
      it.notify('port_update', { port: { id: port.id, mac_address: 'aa:bb:cc:dd:ee:00', ...more } });
    };
    await it.system.announce('plug', MAC[0], await it.system.plug(0, MAC[0], 100));
    await it.until(() => it.neutron.called('update_device_list').length === 3);
    assert.deepEqual(
      it.neutron.called('update_device_list').map(({ devices_up: up }) => Array.isArray(up) && up.length),
      [1, 0, 1],
    );
  });

  test('G07 EVR-6 a port that is unplugged while a healing goes by an older list is down in the end', async () => {
    await using it = await startSeaAgent({
      before: async (system, neutron) => {
        const href = await system.plug(0, MAC[0], 100);
        const port = neutron.bind(MAC[0], 100);
        neutron.answering = async (method) => {
          if (method !== 'get_devices_details_list') return;
          neutron.answering = () => {};
          await system.unplug(0, href);
          await system.announce('unplug', MAC[0], href);
          while (port.status !== 'DOWN') await sleep(5);
        };
      },
    });
    const marks = () => it.neutron.called('update_device_list');
    await it.until(() => marks().length === 3);
    assert.deepEqual(
      marks().map(({ devices_up: up }) => Array.isArray(up) && up.length),
      [0, 1, 0],
    );
    assert.equal(it.neutron.ports[0]?.status, 'DOWN');
  });

  test('EVR-1 after a gap in the messages of neutron-server the agent asks for every port again', async () => {
    await using it = await startSeaAgent();
    const port = it.neutron.bind(MAC[0], 300);
    await it.system.plug(0, MAC[0], 300);
    it.agent.resynchronise();
    await it.until(() => port.status === 'ACTIVE');
  });

  test('L-132 a system without adapters asks Neutron nothing', async () => {
    await using it = await startSeaAgent();
    assert.deepEqual(it.neutron.called('get_devices_details_list'), []);
    assert.deepEqual(it.neutron.called('update_device_list'), []);
  });

  test('LMP-8 ML2-8 before a migration the destination serves the VLAN and reports the port, without asking for it', async () => {
    await using it = await startSeaAgent();
    it.neutron.bind(MAC[0], 177, { host: 'source' });
    await it.system.announceArrival(MAC[0], 'pvm_sea', { physical_network: 'default', vlan: 177 });
    await it.until(() => it.neutron.called('update_device_list').length > 0);
    assert.ok(it.system.vlans().includes(177));
    const [told] = it.neutron.called('update_device_list');
    assert.deepEqual(told?.['devices_up'], ['aa:bb:cc:dd:ee:00']);
    assert.equal(told?.['host'], 'host1');
    assert.deepEqual(it.neutron.called('get_devices_details_list'), []);
  });

  test('LMP-8 a network that is not served here is not reported', async () => {
    await using it = await startSeaAgent();
    await it.system.announceArrival(MAC[0], 'pvm_sea', { physical_network: 'nowhere', vlan: 177 });
    await it.until(() => it.log.at('warn').some((line) => line.includes('nowhere')));
    assert.deepEqual(it.neutron.called('update_device_list'), []);
  });
});
