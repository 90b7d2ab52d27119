import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientNetworkAdapter, ManagedSystem, NetworkBridge, VirtualIOServer } from '@openstack-powervm/rest';
import { defaultSite } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import { openClient, refused, viosNamed } from '../testing/client.js';

const vioses = ['vios1', 'vios2'];
const bridge = { switch: 'ETHERNET0', device: 'ent5', vioses, vlans: [10], controlChannel: 99 };

test('NET: a bridge with a control channel has an adapter for it in each VIOS, and lets it move and go', async (t) => {
  const { session } = await openClient(t, { site: defaultSite({ bridges: [bridge] }) });
  const [system] = await session.list(ManagedSystem);
  const parent = { type: ManagedSystem, id: system?.id ?? '' };
  const [found] = await session.list(NetworkBridge, { parent });
  assert.ok(found !== undefined);
  assert.equal(found.value.controlChannelID, 99);
  const vios = await viosNamed(session, 'vios1');
  const below = { type: VirtualIOServer, id: vios.id };
  const adapters = async () => session.list(ClientNetworkAdapter, { parent: below });
  const [adapter] = await adapters();
  assert.ok(adapter !== undefined);
  const { value } = await session.get(VirtualIOServer, vios.id, { groups: ['ViosNetwork'] });
  const [sea] = value.sharedEthernetAdapters.toArray();
  assert.equal(sea?.controlChannelInterfaceName, adapter.value.deviceName);
  assert.equal(adapter.value.portVLANID, 99);
  assert.match(await refused(session.delete(adapter), 409), /control channel of ent5/);
  const taken = session.update(found, (lens) => {
    lens.controlChannelID = 10;
  });
  assert.match(await refused(taken, 409), /VLAN 10 of the control channel is on a trunk/);
  const moved = await session.update(found, (lens) => {
    lens.controlChannelID = 100;
  });
  assert.equal(moved.value.controlChannelID, 100);
  assert.deepEqual(
    (await adapters()).map((each) => each.value.portVLANID),
    [100],
  );
  const gone = await session.update(moved, (lens) => {
    lens.controlChannelID = undefined;
  });
  assert.equal(gone.value.controlChannelID, undefined);
  assert.deepEqual(await adapters(), []);
});

test('a site with a control channel for one VIOS, or on a bridged VLAN, is refused', () => {
  const wrong = (changes: object, expected: RegExp) =>
    assert.throws(() => {
      const [system] = defaultSite().systems;
      parseSite({ systems: [{ ...system, bridges: [{ ...bridge, ...changes }] }] });
    }, expected);
  wrong({ vioses: ['vios1'] }, /takes two VIOSes/);
  wrong({ controlChannel: 10 }, /names a VLAN twice/);
});
