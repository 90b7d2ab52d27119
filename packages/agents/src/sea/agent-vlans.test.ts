import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MAC, startSeaAgent } from '../testing/sea-rig.js';

describe('VLANs of the SEA agent', () => {
  const segment = (vlan: number) => ({ physical_network: 'default', segmentation_id: vlan });
  const bound = (vlan: number) => ({
    ...{ port: { id: 'p', network_id: `network-${vlan}`, 'binding:host_id': 'host1', admin_state_up: true } },
    ...segment(vlan),
  });

  test('SEAA-5 a VLAN that cannot be had is one clear error; other networks are not affected', async () => {
    const peers = {
      bridges: [
        { switch: 'ETHERNET0', device: 'ent5', vioses: ['vios1'] },
        { switch: 'ETHERNET0', device: 'ent9', vioses: ['vios2'], portVlan: 500 },
      ],
    };
    await using it = await startSeaAgent({
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

  test('SEAA-8 SEAA-12 the VLAN of a deleted network goes at once, although its port was bound lately', async () => {
    await using it = await startSeaAgent();
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
    await using it = await startSeaAgent();
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
    await using it = await startSeaAgent({ options: { cleanup: false } });
    await it.system.addTrunk(4000, [100]);
    it.notify('port_update', bound(100));
    it.notify('network_delete', { network_id: 'network-100' });
    const port = it.neutron.bind(MAC[0], 101);
    await it.system.announce('plug', MAC[0], await it.system.plug(0, MAC[0], 101));
    await it.until(() => port.status === 'ACTIVE');
    assert.deepEqual(it.system.vlans(), [1, 100, 101]);
  });

  test('SEAA-12 L-137 EVR-7 L-124 the VLAN of a port that is bound and not plugged is kept, and the port is not up', async () => {
    await using it = await startSeaAgent({ options: { healIntervalMs: 50 } });
    const port = it.neutron.bind(MAC[0], 100);
    it.notify('port_update', bound(100));
    await it.system.addTrunk(4000, [100, 101]);
    await it.until(() => !it.system.vlans().includes(101));
    assert.ok(it.system.vlans().includes(100));
    assert.equal(port.status, 'DOWN');
  });

  test('G01 SEAA-5 two networks that want one VLAN of a switch: the second is refused by name, others are served', async () => {
    await using it = await startSeaAgent({
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
    await using it = await startSeaAgent({ options: { cleanup: false } });
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

  test('G02 SEAA-8 L-126 L-128 clean-up takes at most three unneeded VLANs per pass and keeps what adapters use', async () => {
    await using it = await startSeaAgent({
      before: async (system, neutron) => {
        await system.addTrunk(4000, [100, 101, 102, 103, 104, 105, 106]);
        await system.plug(0, MAC[0], 101);
        await system.plug(1, MAC[1], 105);
        await system.plugVios(MAC[2], 106);
        neutron.bind(MAC[0], 101);
      },
    });
    assert.deepEqual(
      it.system.vlans(),
      [1, 101, 104, 105, 106],
      'adapters that Neutron does not know use 105 and, on a VIOS, 106',
    );
    assert.match(it.log.at('warn').join('\n'), /stays on its bridge until a later clean-up.*"vlan":104/);
  });

  test('SEAA-8 clean-up can be switched off', async () => {
    await using it = await startSeaAgent({
      options: { cleanup: false },
      before: (system) => system.addTrunk(4000, [100, 101]),
    });
    assert.deepEqual(it.system.vlans(), [1, 100, 101]);
  });
});
