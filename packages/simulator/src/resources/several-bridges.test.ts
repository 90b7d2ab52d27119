import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  type Init,
  ManagedSystem,
  NetworkBridge,
  VirtualIOServer,
  VirtualSwitch,
} from '@openstack-powervm/rest';
import { defaultSystem } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import { SiteError } from '../site/problem.js';
import type { SiteInput } from '../site/site.js';
import { openClient, refused, viosNamed } from '../testing/client.js';

type Bridges = NonNullable<SiteInput['systems'][number]['bridges']>;

const both = ['vios1', 'vios2'];

function siteWith(bridges: Bridges) {
  const system = defaultSystem('sim1');
  const switches = [...system.switches, { name: 'DATA' }];
  return parseSite({ systems: [{ ...system, switches, bridges }] });
}

async function open(t: TestContext, bridges: Bridges) {
  const { session, simulator } = await openClient(t, { site: siteWith(bridges) });
  const [system] = await session.list(ManagedSystem);
  const parent = { type: ManagedSystem, id: system?.id ?? '' };
  const [vios1, vios2] = [await viosNamed(session, 'vios1'), await viosNamed(session, 'vios2')];
  const data = (await session.list(VirtualSwitch, { parent })).find(
    ({ value }) => value.switchName === 'DATA',
  );
  const sea = (vios: typeof vios1, deviceName: string, portVLANID: number, primary: boolean) => ({
    assignedVirtualIOServer: `${session.endpoint}/rest/api/uom/VirtualIOServer/${vios.id}`,
    backingDeviceChoice: { ethernetBackingDevice: { adapterID: 1, deviceName } },
    portVLANID,
    trunkAdapters: [
      {
        requiredAdapter: true,
        useNextAvailableHighSlotID: true,
        portVLANID,
        taggedVLANSupported: false,
        associatedVirtualSwitch: [`${session.endpoint}${data?.path.replace(/\?.*/, '')}`],
        trunkPriority: primary ? 1 : 2,
      },
    ],
    isPrimary: primary,
  });
  const create = (init: Init<typeof NetworkBridge>) => session.create(NetworkBridge, init, { parent });
  return { session, simulator, parent, vios1, vios2, sea, create };
}

/** Who carries each load group, by port VLAN. */
function carriers(simulator: Awaited<ReturnType<typeof open>>['simulator'], at = 0) {
  const bridges = simulator.inspect().systems[0]?.bridges ?? [];
  const bridge = bridges.toSorted((left, right) => left.portVlan - right.portVlan)[at];
  return Object.fromEntries((bridge?.groups ?? []).map(({ portVlan, carrier }) => [portVlan, carrier]));
}

test('SEA: bridges that share their VIOSes take one Ethernet device each', async (t) => {
  const { session, parent, vios1, vios2, sea, create } = await open(t, [
    { switch: 'ETHERNET0', device: 'ent8', vioses: both },
    { switch: 'DATA', device: 'ent9', vioses: both, portVlan: 20, vlans: [21, 22] },
  ]);
  const bridges = await session.list(NetworkBridge, { parent });
  const backings = bridges.map(({ value }) =>
    value.sharedEthernetAdapters.map((each) => each.backingDeviceChoice?.ethernetBackingDevice?.deviceName),
  );
  assert.deepEqual(backings.flat().sort(), ['ent0', 'ent0', 'ent1', 'ent1']);
  const free = async () => {
    const { value } = await session.get(VirtualIOServer, vios1.id, { groups: ['ViosNetwork'] });
    return value.freeEthenetBackingDevicesForSEA.map(
      ({ ethernetBackingDevice }) => ethernetBackingDevice?.deviceName,
    );
  };
  assert.deepEqual(await free(), ['ent2', 'ent3']);
  const plan = (device: string, vlan: number) => ({
    failoverEnabled: true,
    loadBalancingEnabled: false,
    portVLANID: vlan,
    sharedEthernetAdapters: [sea(vios1, device, vlan, true), sea(vios2, device, vlan, false)],
  });
  assert.match(await refused(create(plan('ent1', 30)), 409), /no free Ethernet device ent1/);
  assert.match(await refused(create(plan('ent2', 21)), 409), /VLAN 21 is already on/);
  const third = await create(plan('ent2', 30));
  assert.deepEqual(await free(), ['ent3']);
  const ids = (await session.list(NetworkBridge, { parent })).map(({ value }) => value.uniqueDeviceID);
  assert.equal(new Set(ids).size, 3);
  await session.delete(third);
  assert.deepEqual(await free(), ['ent2', 'ent3']);
});

test('SEA: failover moves everything to the other VIOS and back', async (t) => {
  const { simulator } = await open(t, [{ switch: 'DATA', device: 'ent8', vioses: both, vlans: [7] }]);
  assert.deepEqual(carriers(simulator), { 1: 'vios1' });
  simulator.happen('vios1', { state: 'error' });
  assert.deepEqual(carriers(simulator), { 1: 'vios2' });
  simulator.happen('vios2', { state: 'error' });
  assert.deepEqual(carriers(simulator), { 1: undefined });
  simulator.happen('vios1', { state: 'running' });
  assert.deepEqual(carriers(simulator), { 1: 'vios1' });
});

test('SEA: load sharing gives each load group trunk adapters of its own and a VIOS in turn', async (t) => {
  const bridges = [{ switch: 'DATA', device: 'ent8', vioses: both, vlans: [7, 8], loadSharing: true }];
  const { session, simulator, parent, vios1, sea, create } = await open(t, bridges);
  assert.deepEqual(carriers(simulator), { 1: 'vios1', 4094: 'vios2' });
  const [bridge] = await session.list(NetworkBridge, { parent });
  assert.equal(bridge?.value.loadBalancingEnabled, true);
  assert.deepEqual(
    bridge.value.sharedEthernetAdapters.map((each) => each.highAvailabilityMode),
    ['sharing', 'sharing'],
  );
  assert.deepEqual(
    bridge.value.loadGroups.map((group) => [
      group.portVLANID,
      group.trunkAdapters.length,
      group.trunkAdapters.at(0)?.taggedVLANIDs,
    ]),
    [
      [1, 2, undefined],
      [4094, 2, '7 8'],
    ],
  );
  simulator.happen('vios2', { state: 'error' });
  assert.deepEqual(carriers(simulator), { 1: 'vios1', 4094: 'vios1' });
  const alone = {
    loadBalancingEnabled: true,
    portVLANID: 50,
    sharedEthernetAdapters: [sea(vios1, 'ent1', 50, true)],
  };
  assert.match(await refused(create(alone), 400), /needs two Shared Ethernet Adapters/);
});

test('bridges that cannot be are told before the start', () => {
  const bridge = { switch: 'DATA', vioses: both };
  const problems = (bridges: Bridges): string[] => {
    try {
      siteWith(bridges);
    } catch (error) {
      assert.ok(error instanceof SiteError);
      return error.problems.map(({ place, problem }) => `${place}: ${problem}`);
    }
    return [];
  };
  assert.deepEqual(
    problems([
      { ...bridge, device: 'ent8' },
      { ...bridge, device: 'ent8' },
    ]),
    [
      'systems.0.bridges.1.device: vios1 already has ent8',
      'systems.0.bridges.1.device: vios2 already has ent8',
      'systems.0.bridges.1: VLAN 1 of DATA is bridged already',
    ],
  );
  const many = [1, 2, 3, 4, 5].map((vlan) => ({
    switch: 'DATA',
    vioses: ['vios1'],
    device: `ent${vlan + 7}`,
    portVlan: vlan,
  }));
  assert.deepEqual(problems(many), ['systems.0.bridges.4: vios1 has only 4 Ethernet devices']);
});
