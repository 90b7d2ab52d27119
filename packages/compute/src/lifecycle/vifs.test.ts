import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '@openstack-powervm/simulator';
import { DriverError } from '../errors/index.js';
import { driverError } from '../testing/expect.js';
import { exampleInstance, exampleVif } from '../testing/nova.js';
import { exampleCall, Rig } from '../testing/rig.js';

const MB = 1024 * 1024;

async function deployed(rig: Rig, rmc?: 'active' | 'inactive') {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  if (rmc) {
    await rig.driver.powerOn(
      { instance: params.instance, firstBoot: true, configDrive: true },
      exampleCall(),
    );
    await rig.booted(params.instance, rmc);
  }
  rig.requests.length = 0;
  return params;
}

const guests = (rmc: 'active' | 'never') => ({ simulator: { site: { ...defaultSite(), guests: { rmc } } } });

/** What was sent to the agents. */
function announced(rig: Rig) {
  return rig.requests
    .filter(({ method, path }) => method === 'PUT' && path.endsWith('/Event'))
    .map(({ requestBody = '' }) =>
      JSON.parse(/\{.*\}/.exec(requestBody.replaceAll('&quot;', '"'))?.[0] ?? '{}'),
    );
}

test('VIF-11 L-116 agents hear of a plug and an unplug: provider, action, MAC, type', async () => {
  await using rig = await Rig.open();
  const { instance } = await deployed(rig);
  const vif = exampleVif({ address: 'fa:16:3e:01:02:03' });
  await rig.driver.plugVifs({ instance, vifs: [vif] }, exampleCall());
  await rig.driver.unplugVifs({ instance, vifs: [vif] }, exampleCall());
  const event = { provider: 'NOVA_PVM_VIF', mac: 'FA163E010203', type: 'pvm_sea' };
  assert.deepEqual(announced(rig), [
    { ...event, action: 'plug' },
    { ...event, action: 'unplug' },
  ]);
});

test('VIF-4 VIF-6 SEA-2 N07 L-107 L-108 plugging at start what is plugged already makes nothing, also without RMC', async () => {
  await using rig = await Rig.open(guests('never'));
  const { instance, vifs } = await deployed(rig, 'inactive');
  await rig.driver.plugVifs({ instance, vifs }, exampleCall());
  assert.deepEqual(rig.sent('PUT', 'POST'), []);
});

test('VIF-6 L-105 every error of plugVifs is the one that does not stop nova-compute', async () => {
  await using rig = await Rig.open();
  const instance = exampleInstance();
  await assert.rejects(
    rig.driver.plugVifs({ instance, vifs: [exampleVif()] }, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', instance.uuid),
  );
});

test('VIF-3 DLPAR-1 MGT-4 attaching to a running guest without RMC is refused with the reason', async () => {
  await using rig = await Rig.open(guests('never'));
  const { instance } = await deployed(rig, 'inactive');
  await assert.rejects(
    rig.driver.attachInterface({ instance, vif: exampleVif() }, exampleCall()),
    driverError('PVM_VIF_CREATE_REFUSED', 'RMC', instance.name),
  );
});

test('DLPAR-2 VIF-9 the gate is for adapters that come or go: what is there already passes it without RMC', async () => {
  await using rig = await Rig.open(guests('never'));
  const { instance, vifs } = await deployed(rig, 'inactive');
  const [vif = exampleVif()] = vifs;
  await rig.driver.attachInterface({ instance, vif }, exampleCall());
  await rig.driver.unplugVifs({ instance, vifs: [exampleVif()] }, exampleCall());
  await assert.rejects(
    rig.driver.plugVifs({ instance, vifs: [vif, exampleVif()] }, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', 'RMC'),
  );
  await assert.rejects(rig.driver.detachInterface({ instance, vif }, exampleCall()), (thrown) => {
    driverError('PVM_INTERFACE_DETACH_FAILED', 'RMC', instance.name)(thrown);
    return thrown instanceof DriverError && driverError('PVM_VIF_UNPLUG_FAILED', 'RMC')(thrown.cause);
  });
  assert.deepEqual(rig.sent('PUT', 'POST'), []);
  assert.equal(rig.partition(instance)?.adapters.length, 2);
});

test('VIF-10 L-121 an adapter that the console refuses is told in its own words', async () => {
  await using rig = await Rig.open();
  const { instance, vifs } = await deployed(rig);
  const effect = { kind: 'error', status: 400, message: 'HSCL1234 no slot left' } as const;
  const path = '/rest/api/uom/LogicalPartition/*/ClientNetworkAdapter';
  rig.simulator.faults.add({ method: 'PUT', path, effect });
  rig.simulator.faults.add({ method: 'DELETE', path: `${path}/*`, effect });
  const vif = exampleVif();
  await assert.rejects(
    rig.driver.attachInterface({ instance, vif }, exampleCall()),
    driverError('PVM_INTERFACE_ATTACH_FAILED', vif.id, 'HSCL1234 no slot left'),
  );
  await assert.rejects(
    rig.driver.unplugVifs({ instance, vifs }, exampleCall()),
    driverError('PVM_INTERFACE_DETACH_FAILED', instance.uuid, 'HSCL1234 no slot left'),
  );
});

test('N04 VIF-13 with RMC an interface is attached to and detached from a running guest', async () => {
  await using rig = await Rig.open(guests('active'));
  const { instance } = await deployed(rig, 'active');
  const vif = exampleVif({ details: { vlan: '77' } });
  await rig.driver.attachInterface({ instance, vif }, exampleCall());
  assert.ok(rig.partition(instance)?.adapters.some(({ portVlan }) => portVlan === 77));
  await rig.driver.detachInterface({ instance, vif }, exampleCall());
  assert.ok(!rig.partition(instance)?.adapters.some(({ portVlan }) => portVlan === 77));
});

test('VIF-9 L-111 a second detach, and one of an instance that is gone, are success', async () => {
  await using rig = await Rig.open();
  const { instance, vifs } = await deployed(rig);
  const [vif = exampleVif()] = vifs;
  await rig.driver.detachInterface({ instance, vif }, exampleCall());
  await rig.driver.detachInterface({ instance, vif }, exampleCall());
  await rig.driver.unplugVifs({ instance: exampleInstance(), vifs }, exampleCall());
});

test('SEA-1 SEA-3 N01 the VLAN comes from the network, else from the details; without one the plug is refused', async () => {
  await using rig = await Rig.open();
  const { instance } = await deployed(rig);
  const network = { id: null, label: null, bridge: null, meta: { vlan: 200 } };
  await rig.driver.plugVifs({ instance, vifs: [exampleVif({ network })] }, exampleCall());
  assert.ok(rig.partition(instance)?.adapters.some(({ portVlan }) => portVlan === 200));
  await assert.rejects(
    rig.driver.plugVifs({ instance, vifs: [exampleVif({ details: {} })] }, exampleCall()),
    driverError('PVM_VIF_PLUG_FAILED', 'VLAN'),
  );
});

test('MGT-1 MGT-2 CD-4 L-99 CD-5 L-100 CD-6 L-103 the config drive learns UUID, management interface and VIF types', async () => {
  await using rig = await Rig.open();
  const instance = exampleInstance({ uuid: 'c9f0e2a4-1111-4222-8333-944455556666' });
  const vifs = [exampleVif(), exampleVif({ type: 'ovs' })];
  const facts = await rig.driver.configDriveFacts({ instance, vifs }, exampleCall());
  assert.equal(facts.partitionUuid, '49f0e2a4-1111-4222-8333-944455556666');
  assert.match(facts.management?.ipv6Address ?? '', /^fe80::/);
  assert.deepEqual(Object.values(facts.vifTypes), ['vif', 'ovs']);
});

test('RBLD-2 L-120 a management MAC that Nova has kept is used again', async () => {
  await using rig = await Rig.open();
  const instance = exampleInstance({ systemMetadata: { mgmt_interface_mac: '02:aa:bb:cc:dd:ee' } });
  const { management } = await rig.driver.configDriveFacts({ instance, vifs: [] }, exampleCall());
  assert.equal(management?.mac, '02:aa:bb:cc:dd:ee');
});

test('SPAWN-6 MGT-3 a deployment without management switch has the adapters of its ports only', async () => {
  const site = defaultSite({ switches: [{ name: 'ETHERNET0' }] });
  await using rig = await Rig.open({ simulator: { site } });
  const { instance } = await deployed(rig);
  assert.deepEqual(
    rig.partition(instance)?.adapters.map(({ switch: name }) => name),
    ['ETHERNET0'],
  );
});

test('MGT-1 MGT-3 no management interface where it is switched off or the switch is missing', async () => {
  for (const options of [
    { options: { use_rmc_mgmt_vif: false } },
    { simulator: { site: defaultSite({ switches: [{ name: 'ETHERNET0' }] }) } },
  ]) {
    await using rig = await Rig.open(options);
    const instance = exampleInstance();
    const { management } = await rig.driver.configDriveFacts({ instance, vifs: [] }, exampleCall());
    assert.equal(management, null);
  }
});
