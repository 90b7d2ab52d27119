import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { OsloError } from '@openstack-powervm/oslo';
import { AgentError } from '../errors.js';
import { QUICK, type Start, startAgent } from '../testing/agent-rig.js';
import { FakeNeutron } from '../testing/fake-neutron.js';
import { MemoryLog, PowerSystem } from '../testing/power-system.js';
import { SeaAgent } from './agent.js';
import type { SeaAgentOptions } from './options.js';

const OPTIONS: SeaAgentOptions = {
  ...QUICK,
  bridgeMappings: 'default:ent5:vios1',
  cleanup: true,
  spread: false,
  excludedSwitches: ['MGMTSWITCH'],
};

const MAC = ['AABBCCDDEE00', 'AABBCCDDEE01', 'AABBCCDDEE02', 'AABBCCDDEE03'] as const;

/** A second bridge on a switch of its own. */
const TWO_BRIDGES = {
  switches: [{ name: 'ETHERNET0' }, { name: 'ETHERNET1' }, { name: 'MGMTSWITCH' }],
  bridges: [
    { switch: 'ETHERNET0', device: 'ent5', vioses: ['vios1'] },
    { switch: 'ETHERNET1', device: 'ent9', vioses: ['vios2'] },
  ],
};

interface SeaStart extends Start {
  readonly options?: Partial<SeaAgentOptions>;
}

const start = ({ options, ...rest }: SeaStart = {}) =>
  startAgent((parts) => new SeaAgent({ ...parts, options: { ...OPTIONS, ...options } }), rest);

describe('SEA agent', () => {
  test('AGT-1 AGT-3 reports who it is, what it serves and how many ports it has wired', async () => {
    await using it = await start({
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
    await using it = await start({
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
    await using it = await start({
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
    await using it = await start();
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
    await using it = await start();
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
    await using it = await start({
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
    await using it = await start();
    await it.system.announce('plug', MAC[0], await it.system.plug(0, MAC[0], 200));
    await it.until(() => it.log.at('warn').some((line) => line.includes(MAC[0])));
    assert.deepEqual(it.system.vlans(), [1]);
  });

  test('B-17 B-51 SEAA-4 SEAA-11 an unknown physical network is skipped and not marked up', async () => {
    await using it = await start({
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
    await using it = await start({
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

  test('SEAA-5 a VLAN that cannot be had is one clear error; other networks are not affected', async () => {
    const peers = {
      bridges: [
        { switch: 'ETHERNET0', device: 'ent5', vioses: ['vios1'] },
        { switch: 'ETHERNET0', device: 'ent9', vioses: ['vios2'], portVlan: 500 },
      ],
    };
    await using it = await start({
      system: peers,
      before: async (system, neutron) => {
        await system.plug(0, MAC[0], 500);
        await system.plug(1, MAC[1], 501);
        neutron.bind(MAC[0], 500);
        neutron.bind(MAC[1], 501);
      },
    });
    assert.deepEqual(
      it.neutron.ports.map((port) => port.status),
      ['BUILD', 'ACTIVE'],
    );
    const [error] = it.log.at('error');
    assert.match(
      error ?? '',
      /AGENT_VLAN_REFUSED.*VLAN 500.*bridge ent5 on vios1: it is the untagged VLAN of ent9 on vios2/,
    );
  });

  test('RETRY-3 a bridge that was changed by somebody else, or a busy VIOS, only delays', async () => {
    await using it = await start();
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
    await using it = await start();
    const port = it.neutron.bind(MAC[0], 300);
    await it.system.plug(0, MAC[0], 300);
    it.system.simulator.faults.add({ path: '/rest/api/uom/Event*', count: 1, effect: { kind: 'event-gap' } });
    await it.system.announce('plug', MAC[1], 'http://localhost/nothing');
    await it.until(() => port.status === 'ACTIVE');
  });

  test('a revived agent asks for every port again', async () => {
    await using it = await start();
    const port = it.neutron.bind(MAC[0], 300);
    await it.system.plug(0, MAC[0], 300);
    it.neutron.revive = true;
    await it.until(() => port.status === 'ACTIVE');
  });

  test('a port whose “up” was lost with the broker is told again', async () => {
    await using it = await start({ options: { reportIntervalMs: 3_600_000 } });
    const port = it.neutron.bind(MAC[0], 300);
    const lost = new OsloError('OSLO_RPC_TIMEOUT', 'no answer');
    const href = await it.system.plug(0, MAC[0], 300);
    it.neutron.failures.push(lost);
    await it.system.announce('plug', MAC[0], href);
    await it.until(() => port.status === 'ACTIVE');
    assert.equal(it.neutron.failures.length, 0);
  });

  test('AGT-5 a port that is switched off is marked down, and up again', async () => {
    await using it = await start({
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
    await using it = await start({ options: { reportIntervalMs: 3_600_000 } });
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
    await using it = await start({
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
    await using it = await start();
    const port = it.neutron.bind(MAC[0], 300);
    await it.system.plug(0, MAC[0], 300);
    it.agent.resynchronise();
    await it.until(() => port.status === 'ACTIVE');
  });

  const segment = (vlan: number) => ({ physical_network: 'default', segmentation_id: vlan });
  const bound = (vlan: number) => ({
    ...{ port: { id: 'p', network_id: `network-${vlan}`, 'binding:host_id': 'host1', admin_state_up: true } },
    ...segment(vlan),
  });

  test('SEAA-8 SEAA-12 the VLAN of a deleted network goes at once, although its port was bound lately', async () => {
    await using it = await start();
    for (const vlan of [100, 101]) it.notify('port_update', bound(vlan));
    it.neutron.bind(MAC[0], 100);
    it.neutron.bind(MAC[1], 101);
    const href = await it.system.plug(0, MAC[0], 100);
    await it.system.announce('plug', MAC[0], href);
    await it.system.announce('plug', MAC[1], await it.system.plug(1, MAC[1], 101));
    await it.until(() => it.neutron.ports.every(({ status }) => status === 'ACTIVE'));
    await it.system.unplug(0, href);
    await it.system.announce('unplug', MAC[0], href);
    await it.until(() => it.neutron.ports[0]?.status === 'DOWN');
    it.notify('network_delete', { network_id: 'network-of-another-host' });
    it.notify('network_delete', { network_id: 'network-100' });
    await it.until(() => !it.system.vlans().includes(100));
    assert.deepEqual(it.system.vlans(), [1, 101]);
  });

  test('SEAA-6 the VLAN of a deleted network stays while an adapter uses it, whoever made that', async () => {
    await using it = await start();
    await it.system.addTrunk(4000, [100, 101, 102]);
    await it.system.plug(0, MAC[0], 101);
    for (const vlan of [100, 101]) it.notify('port_update', bound(vlan));
    for (const vlan of [101, 100]) it.notify('network_delete', { network_id: `network-${vlan}` });
    await it.until(() => !it.system.vlans().includes(100));
    assert.deepEqual(
      it.system.vlans(),
      [1, 101, 102],
      '102 was never a network here: the next healing sees to it',
    );
  });

  test('L-136 without clean-up the VLAN of a deleted network stays', async () => {
    await using it = await start({ options: { cleanup: false } });
    await it.system.addTrunk(4000, [100]);
    it.notify('port_update', bound(100));
    it.notify('network_delete', { network_id: 'network-100' });
    const port = it.neutron.bind(MAC[0], 101);
    await it.system.announce('plug', MAC[0], await it.system.plug(0, MAC[0], 101));
    await it.until(() => port.status === 'ACTIVE');
    assert.deepEqual(it.system.vlans(), [1, 100, 101]);
  });

  test('SEAA-12 L-137 EVR-7 L-124 the VLAN of a port that is bound and not plugged is kept, and the port is not up', async () => {
    await using it = await start({ options: { healIntervalMs: 50 } });
    const port = it.neutron.bind(MAC[0], 100);
    it.notify('port_update', bound(100));
    await it.system.addTrunk(4000, [100, 101]);
    await it.until(() => !it.system.vlans().includes(101));
    assert.ok(it.system.vlans().includes(100));
    assert.equal(port.status, 'DOWN');
  });

  test('L-132 a system without adapters asks Neutron nothing', async () => {
    await using it = await start();
    assert.deepEqual(it.neutron.called('get_devices_details_list'), []);
    assert.deepEqual(it.neutron.called('update_device_list'), []);
  });

  test('G01 SEAA-5 two networks that want one VLAN of a switch: the second is refused by name, others are served', async () => {
    await using it = await start({
      system: {
        bridges: [
          { switch: 'ETHERNET0', device: 'ent5', vioses: ['vios1'] },
          { switch: 'ETHERNET0', device: 'ent9', vioses: ['vios2'], portVlan: 2 },
        ],
      },
      options: { bridgeMappings: 'a:ent5:vios1,b:ent9:vios2' },
    });
    const first = it.neutron.bind(MAC[0], 300, { physicalNetwork: 'a' });
    await it.system.announce('plug', MAC[0], await it.system.plug(0, MAC[0], 300));
    await it.until(() => first.status === 'ACTIVE');
    const second = it.neutron.bind(MAC[1], 300, { physicalNetwork: 'b' });
    const other = it.neutron.bind(MAC[2], 301, { physicalNetwork: 'b' });
    await it.system.announce('plug', MAC[1], await it.system.plug(1, MAC[1], 300));
    await it.system.announce('plug', MAC[2], await it.system.plug(2, MAC[2], 301));
    await it.until(() => other.status === 'ACTIVE' && it.log.at('error').length > 0);
    assert.notEqual(second.status, 'ACTIVE');
    assert.match(
      it.log.at('error').join('\n'),
      /AGENT_VLAN_REFUSED.*VLAN 300.*bridge ent9 on vios2.*ent5 on vios1/,
    );
  });

  test('G01 SEAA-5 when all trunk adapters are full one error names VLAN and bridge; the networks that are there go on', async () => {
    await using it = await start({ options: { cleanup: false } });
    for (let trunk = 0; trunk < 15; trunk += 1) {
      const vlans = Array.from({ length: 20 }, (_, n) => 100 + 20 * trunk + n);
      await it.system.addTrunk(4094 - trunk, vlans);
    }
    const served = it.neutron.bind(MAC[0], 399);
    const refused = it.neutron.bind(MAC[1], 400);
    await it.system.announce('plug', MAC[1], await it.system.plug(1, MAC[1], 400));
    await it.system.announce('plug', MAC[0], await it.system.plug(0, MAC[0], 399));
    await it.until(() => served.status === 'ACTIVE' && it.log.at('error').length > 0);
    assert.notEqual(refused.status, 'ACTIVE');
    const pattern = /AGENT_VLAN_REFUSED.*VLAN 400.*bridge ent5 on vios1.*15 additional trunk adapters/;
    assert.match(it.log.at('error').join('\n'), pattern);
    assert.ok(!it.system.vlans().includes(400));
  });

  test('G02 SEAA-8 L-126 clean-up takes at most three unneeded VLANs per pass and keeps what adapters use', async () => {
    await using it = await start({
      before: async (system, neutron) => {
        await system.addTrunk(4000, [100, 101, 102, 103, 104, 105]);
        await system.plug(0, MAC[0], 101);
        await system.plug(1, MAC[1], 105);
        neutron.bind(MAC[0], 101);
      },
    });
    assert.deepEqual(
      it.system.vlans(),
      [1, 101, 104, 105],
      '105 is used by an adapter that Neutron does not know',
    );
    assert.match(it.log.at('warn').join('\n'), /stays on its bridge until a later clean-up.*"vlan":104/);
  });

  test('LMP-8 ML2-8 before a migration the destination serves the VLAN and reports the port, without asking for it', async () => {
    await using it = await start();
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
    await using it = await start();
    await it.system.announceArrival(MAC[0], 'pvm_sea', { physical_network: 'nowhere', vlan: 177 });
    await it.until(() => it.log.at('warn').some((line) => line.includes('nowhere')));
    assert.deepEqual(it.neutron.called('update_device_list'), []);
  });

  test('SEAA-8 clean-up can be switched off', async () => {
    await using it = await start({
      options: { cleanup: false },
      before: (system) => system.addTrunk(4000, [100, 101]),
    });
    assert.deepEqual(it.system.vlans(), [1, 100, 101]);
  });

  const wrong: readonly [string, SeaStart, RegExp][] = [
    [
      'SEAA-1 unknown adapter',
      { options: { bridgeMappings: 'default:ent6:vios1' } },
      /AGENT_DEVICE_NOT_FOUND.*default to ent6 on vios1.*there are ent5 on vios1, ent5 on vios2/,
    ],
    [
      'SEAA-3 B-18 unknown VIOS',
      { options: { bridgeMappings: 'default:ent5:nobody' } },
      /AGENT_DEVICE_NOT_FOUND.*default to ent5 on nobody/,
    ],
    [
      'SEAA-2 several bridges and no mapping',
      { system: TWO_BRIDGES, options: { bridgeMappings: '' } },
      /AGENT_CONFIG.*several network bridges.*bridge_mappings/,
    ],
    [
      'SEAA-2 no bridge',
      { system: { bridges: [] }, options: { bridgeMappings: '' } },
      /AGENT_SYSTEM.*no network bridge/,
    ],
    [
      'malformed mapping',
      { options: { bridgeMappings: 'default:ent5' } },
      /AGENT_CONFIG.*"default:ent5" cannot be read/,
    ],
    [
      'two networks mapped to one bridge',
      { options: { bridgeMappings: 'a:ent5:vios1,b:ent5:vios2' } },
      /AGENT_CONFIG.*networks a and b to one bridge, ent5 on vios1, ent5 on vios2/,
    ],
    [
      'network mapped twice',
      { options: { bridgeMappings: 'a:ent5:vios1,a:ent5:vios2' } },
      /AGENT_CONFIG.*a is mapped twice/,
    ],
  ];
  for (const [name, setup, pattern] of wrong) {
    test(`G03 the agent does not start: ${name}`, async () => {
      await using system = await PowerSystem.start(setup.system);
      const parts = { session: system.session, rpc: new FakeNeutron(), log: new MemoryLog() };
      const agent = new SeaAgent({ ...parts, options: { ...OPTIONS, ...setup.options } });
      await assert.rejects(agent.run(new AbortController().signal), (error) => {
        assert.ok(error instanceof AgentError);
        assert.match(error.message, pattern);
        return true;
      });
    });
  }

  test('G03 SEAA-2 one bridge needs no mapping, with a warning', async () => {
    await using it = await start({ options: { bridgeMappings: '' } });
    assert.match(it.log.at('warn').join('\n'), /bridge_mappings in \[AGENT\] is empty/);
  });
});
