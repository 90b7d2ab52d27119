import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientNetworkAdapter, LogicalPartition, Session } from '@openstack-powervm/rest';
import type { AdapterSnapshot } from '@openstack-powervm/simulator';
import type { Instance, Vif } from '../../contract/index.js';
import { FakeBridges } from '../../testing/bridges.js';
import { driverError } from '../../testing/expect.js';
import { exampleVif } from '../../testing/nova.js';
import { exampleCall, Rig, removalOf } from '../../testing/rig.js';

const MB = 1024 * 1024;
const privateSwitch = 'NovaLinkVEABridge';

function ovsVif(parts: Partial<Vif> = {}): Vif {
  return exampleVif({
    type: 'ovs',
    devname: null,
    details: { bridge_name: 'br-int', ovs_hybrid_plug: false },
    network: { id: 'n1', label: 'net', bridge: 'br-int', meta: { mtu: 1450 } },
    ...parts,
  });
}

function bridgeVif(parts: Partial<Vif> = {}): Vif {
  return ovsVif({
    type: 'bridge',
    details: {},
    network: { id: 'n1', label: 'net', bridge: 'brq1', meta: { mtu: 1450 } },
    ...parts,
  });
}

const isPrivate = (adapter: AdapterSnapshot) => adapter.switch === privateSwitch;

/** The trunks of NovaLink on the private switch. */
function trunks(rig: Rig): readonly AdapterSnapshot[] {
  const novalink = rig.system.partitions.find(({ isManagement }) => isManagement);
  return novalink?.adapters.filter((adapter) => isPrivate(adapter) && adapter.trunk !== null) ?? [];
}

function clients(rig: Rig, instance: Instance): readonly AdapterSnapshot[] {
  return rig.partition(instance)?.adapters.filter(isPrivate) ?? [];
}

async function deployed(rig: Rig, vifs: readonly Vif[]) {
  const params = await rig.deployment({ image: rig.images.add(MB), vifs: [...vifs] });
  await rig.driver.spawn(params, exampleCall());
  return params;
}

/** Somebody else at the console, with NovaLink as the parent of adapters. */
async function administrator(
  rig: Rig,
  work: (session: Session, parent: { type: typeof LogicalPartition; id: string }) => Promise<void>,
): Promise<void> {
  const credentials = { kind: 'local' } as const;
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials });
  const novalink = rig.system.partitions.find(({ isManagement }) => isManagement);
  await work(session, { type: LogicalPartition, id: novalink?.uuid ?? '' });
}

test('OVS-1 OVS-2 OVS-3 N02 L-113 a deployment has a trunk and a client adapter alone on a VLAN, and a port on the bridge', async () => {
  const commands = new FakeBridges();
  await using rig = await Rig.open({ commands });
  const vifs = [ovsVif({ devname: 'tap0123abcd-ef' }), ovsVif()];
  const { instance } = await deployed(rig, vifs);
  const made = trunks(rig);
  assert.deepEqual(
    made.map(({ portVlan }) => portVlan).sort(),
    clients(rig, instance)
      .map(({ portVlan }) => portVlan)
      .sort(),
  );
  assert.equal(new Set(made.map(({ portVlan }) => portVlan)).size, 2);
  for (const vif of vifs) {
    const deviceName = vif.devname ?? `nic${vif.id}`.slice(0, 14);
    const ids = [
      `iface-id=${vif.id}`,
      'iface-status=active',
      `attached-mac=${vif.address}`,
      `vm-uuid=${instance.uuid}`,
    ];
    const trunk = made.find((each) => each.trunk?.deviceName === deviceName)?.trunk;
    assert.deepEqual(trunk, {
      ...{ priority: 1, deviceName, mtu: 1450, ovsBridge: 'br-int' },
      ovsExternalIds: ids.join(','),
    });
    assert.deepEqual(commands.ports.get(deviceName), {
      bridge: 'br-int',
      settings: [...ids.map((id) => `external_ids:${id}`), 'mtu_request=1450'],
    });
  }
});

test('OVS-5 a removed instance leaves neither trunks nor ports nor virtual networks of the private switch', async () => {
  const commands = new FakeBridges();
  await using rig = await Rig.open({ commands });
  const params = await deployed(rig, [ovsVif(), ovsVif()]);
  await rig.driver.destroy(removalOf(params), exampleCall());
  assert.deepEqual(trunks(rig), []);
  assert.deepEqual([...commands.ports], []);
  assert.deepEqual(
    rig.system.networks.filter((network) => network.switch === privateSwitch),
    [],
  );
});

test('INIT-10 OVS-4 plugging at start rewrites the trunk and the port, and makes a trunk that has vanished again', async () => {
  const commands = new FakeBridges();
  await using rig = await Rig.open({ commands });
  const vif = ovsVif();
  const { instance } = await deployed(rig, [vif]);
  const [before] = clients(rig, instance);
  // As after a restart of NovaLink: no devices, so no ports that work.
  commands.ports.clear();
  const moved = { ...vif, network: { ...vif.network, meta: { mtu: 9000 } } };
  rig.requests.length = 0;
  await rig.driver.plugVifs({ instance, vifs: [moved] }, exampleCall());
  assert.equal(trunks(rig)[0]?.trunk?.mtu, 9000);
  assert.ok(commands.ports.get(`nic${vif.id}`.slice(0, 14))?.settings.includes('mtu_request=9000'));
  assert.ok(!rig.sent('PUT').some((request) => request.includes('/Event')), 'no event for what exists');

  rig.requests.length = 0;
  await rig.driver.plugVifs({ instance, vifs: [moved] }, exampleCall());
  assert.equal(rig.sent('POST').length, 1, 'written though nothing has changed');

  await administrator(rig, async (session, parent) => {
    for (const { uuid } of trunks(rig))
      await session.delete({ type: ClientNetworkAdapter, id: uuid, parent });
  });
  assert.deepEqual(trunks(rig), []);
  await rig.driver.plugVifs({ instance, vifs: [moved] }, exampleCall());
  assert.deepEqual(
    trunks(rig).map(({ portVlan }) => portVlan),
    [before?.portVlan],
  );
});

test('DESTROY-9 a removal for which Nova names no ports takes trunks and ports of the bridge along', async () => {
  const commands = new FakeBridges();
  await using rig = await Rig.open({ commands });
  const params = await deployed(rig, [ovsVif(), ovsVif()]);
  const other = await deployed(rig, [ovsVif()]);
  await rig.driver.destroy({ ...removalOf(params), vifs: [] }, exampleCall());
  assert.equal(trunks(rig).length, 1);
  assert.equal(commands.ports.size, 1);
  assert.deepEqual(
    trunks(rig).map(({ portVlan }) => portVlan),
    clients(rig, other.instance).map(({ portVlan }) => portVlan),
  );
});

test('INIT-9 a start removes the trunks that lead to no partition, with their ports, and no others', async () => {
  const commands = new FakeBridges();
  await using rig = await Rig.open({ commands });
  const kept = await deployed(rig, [ovsVif()]);
  const lost = await deployed(rig, [ovsVif()]);
  await administrator(rig, async (session) => {
    await session.delete({ type: LogicalPartition, id: rig.partition(lost.instance)?.uuid ?? '' });
  });
  assert.equal(trunks(rig).length, 2);
  await using restarted = await rig.restart();
  assert.deepEqual(
    trunks(restarted).map(({ portVlan }) => portVlan),
    clients(restarted, kept.instance).map(({ portVlan }) => portVlan),
  );
  assert.equal(commands.ports.size, 1);
});

test('OVS-11 a trunk that a cut-off attempt left is replaced at the next plug, and goes with an unplug', async () => {
  const commands = new FakeBridges();
  await using rig = await Rig.open({ commands });
  const vif = ovsVif();
  const { instance } = await deployed(rig, []);
  const adapterPath = '/rest/api/uom/LogicalPartition/*/ClientNetworkAdapter';
  // NovaLink answers; the guest's adapter is refused, and so is taking the trunk back.
  const effect = { kind: 'error', status: 500 } as const;
  rig.simulator.faults.add({ method: 'PUT', path: adapterPath, skip: 1, count: 1, effect });
  rig.simulator.faults.add({ method: 'DELETE', path: `${adapterPath}/*`, effect });
  await assert.rejects(rig.driver.plugVifs({ instance, vifs: [vif] }, exampleCall()));
  rig.simulator.faults.clear();
  const [left, ...others] = trunks(rig);
  assert.ok(left !== undefined && others.length === 0);

  await rig.driver.plugVifs({ instance, vifs: [vif] }, exampleCall());
  const [made, ...more] = trunks(rig);
  assert.ok(made !== undefined && made.uuid !== left.uuid && more.length === 0);
});

test('OVS-11 VIF-7 an attach that never learns that its trunk was made takes it back', async () => {
  await using rig = await Rig.open({ commands: new FakeBridges() });
  const { instance } = await deployed(rig, []);
  rig.simulator.faults.add({
    method: 'PUT',
    path: '/rest/api/uom/LogicalPartition/*/ClientNetworkAdapter',
    count: 1,
    effect: { kind: 'reset', when: 'after' },
  });
  await assert.rejects(
    rig.driver.attachInterface({ instance, vif: ovsVif() }, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', 'ECONNRESET'),
  );
  assert.deepEqual(trunks(rig), []);
});

test('INIT-9 trunks that cannot be looked at do not stop the start', async () => {
  await using rig = await Rig.open({ commands: new FakeBridges() });
  await deployed(rig, [ovsVif()]);
  rig.simulator.faults.add({
    method: 'GET',
    path: '/rest/api/uom/LogicalPartition/*/ClientNetworkAdapter',
    effect: { kind: 'error', status: 400 },
  });
  await using restarted = await rig.restart();
  assert.equal(trunks(restarted).length, 1);
});

test('an unknown Open vSwitch bridge is one error naming port and bridge, and nothing is left', async () => {
  const commands = new FakeBridges(['br-int']);
  await using rig = await Rig.open({ commands });
  const { instance } = await deployed(rig, [ovsVif()]);
  const vif = ovsVif({ network: { id: 'n2', label: 'other', bridge: 'br-missing', meta: {} } });
  await assert.rejects(
    rig.driver.attachInterface({ instance, vif }, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', vif.id, 'br-missing', 'no bridge named br-missing'),
  );
  assert.equal(trunks(rig).length, 1);
  assert.equal(clients(rig, instance).length, 1);
  assert.equal(commands.ports.size, 1);
});

test('a port that names no bridge is told so before anything is made', async () => {
  await using rig = await Rig.open({ commands: new FakeBridges() });
  const { instance } = await deployed(rig, []);
  const vif = ovsVif({ details: {}, network: { id: 'n', label: 'n', bridge: null, meta: {} } });
  await assert.rejects(
    rig.driver.attachInterface({ instance, vif }, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', vif.id, 'no bridge'),
  );
  assert.equal(trunks(rig).length, 0);
});

test('OVS-6 a port that wants hybrid plugging is refused, as its security groups would not hold', async () => {
  await using rig = await Rig.open({ commands: new FakeBridges() });
  const { instance } = await deployed(rig, []);
  const vif = ovsVif({ details: { bridge_name: 'br-int', ovs_hybrid_plug: true } });
  await assert.rejects(
    rig.driver.attachInterface({ instance, vif }, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', vif.id, 'firewall_driver'),
  );
  assert.equal(trunks(rig).length, 0);
});

test('OVS-1 ports that are plugged at the same time get VLANs of their own', async () => {
  const commands = new FakeBridges();
  await using rig = await Rig.open({ commands });
  const { instance } = await deployed(rig, [ovsVif()]);
  const parallel = Array.from({ length: 8 }, () => ovsVif());
  await Promise.all(parallel.map((vif) => rig.driver.plugVifs({ instance, vifs: [vif] }, exampleCall())));
  const vlans = trunks(rig).map(({ portVlan }) => portVlan);
  assert.deepEqual(
    vlans.toSorted((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
});

test('NovaLink without a slot for another trunk is one error naming the port; the others are unaffected', async () => {
  const commands = new FakeBridges();
  await using rig = await Rig.open({ commands });
  const first = ovsVif();
  const { instance } = await deployed(rig, [first]);
  const switchHref = (name: string) => {
    const { uuid } = rig.system.switches.find((each) => each.name === name) ?? {};
    return `${rig.simulator.url}/rest/api/uom/ManagedSystem/${rig.system.uuid}/VirtualSwitch/${uuid}`;
  };
  await administrator(rig, async (session, parent) => {
    const init = {
      ...{ useNextAvailableSlotID: true, portVLANID: 1, taggedVLANSupported: false },
      associatedVirtualSwitch: [switchHref('ETHERNET0')],
    };
    const fill = async () => {
      for (;;) await session.create(ClientNetworkAdapter, init, { parent });
    };
    await assert.rejects(fill(), /slot/);
  });
  const vif = ovsVif();
  await assert.rejects(
    rig.driver.attachInterface({ instance, vif }, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', vif.id, 'br-int', 'slot'),
  );
  await rig.driver.plugVifs({ instance, vifs: [first] }, exampleCall());
  assert.equal(trunks(rig).length, 1);
  assert.equal(clients(rig, instance).length, 1);
});

test('a Linux bridge gets the trunk’s device, and is made when the agent has not made it yet', async () => {
  const commands = new FakeBridges();
  await using rig = await Rig.open({ commands });
  const vif = bridgeVif({ devname: 'tapaaaa' });
  commands.links.set('tapaaaa', { type: 'trunk' });
  const { instance } = await deployed(rig, [vif]);
  assert.deepEqual(commands.links.get('tapaaaa'), { type: 'trunk', mtu: '1450', master: 'brq1', up: '' });
  assert.equal(commands.links.get('brq1')?.['type'], 'bridge');
  const [trunk] = trunks(rig);
  assert.deepEqual(trunk?.trunk, {
    ...{ priority: 1, deviceName: 'tapaaaa', mtu: 1450, ovsBridge: undefined, ovsExternalIds: undefined },
  });
  assert.equal(clients(rig, instance)[0]?.portVlan, trunk?.portVlan);
  await rig.driver.unplugVifs({ instance, vifs: [vif] }, exampleCall());
  assert.deepEqual(trunks(rig), []);
  assert.deepEqual(clients(rig, instance), []);
});

test('a device that NovaLink never makes is one error naming device and bridge after the limit', async () => {
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  await using rig = await Rig.open({ commands: new FakeBridges(), clock });
  const { instance } = await deployed(rig, []);
  await assert.rejects(
    rig.driver.attachInterface({ instance, vif: bridgeVif({ devname: 'tapnone' }) }, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', 'tapnone', 'brq1', 'does not exist'),
  );
  assert.deepEqual(trunks(rig), []);
  assert.deepEqual(clients(rig, instance), []);
});
