import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '@openstack-powervm/simulator';
import { driverError } from '../testing/expect.js';
import { exampleInstance } from '../testing/nova.js';
import { exampleCall, Rig } from '../testing/rig.js';

const MB = 1024 * 1024;

async function deployed(rig: Rig) {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  return params;
}

test('RES-1 RES-2 RES-3 RES-4 LVG-2 the resource report follows what is deployed', async () => {
  await using rig = await Rig.open();
  const before = await rig.driver.getAvailableResource({}, exampleCall());
  assert.equal(before.vcpus, 64);
  assert.equal(before.memory_mb, 512 * 1024);
  assert.equal(before.local_gb, 1024);
  assert.equal(before.hypervisor_hostname, 'aio');
  await deployed(rig);
  const after = await rig.driver.getAvailableResource({}, exampleCall());
  // The hypervisor takes memory of its own for each partition.
  assert.ok(after.memory_mb_used - before.memory_mb_used >= 2048);
  assert.equal(after.local_gb_used - before.local_gb_used, 2);
});

test('PLC-1 PLC-3 the inventory comes from the same numbers without reading the system again', async () => {
  await using rig = await Rig.open();
  const report = await rig.driver.getAvailableResource({}, exampleCall());
  rig.requests.length = 0;
  const inventory = await rig.driver.getInventory({}, exampleCall());
  assert.equal(inventory.VCPU.total, report.vcpus);
  assert.equal(inventory.MEMORY_MB.total, report.memory_mb);
  assert.equal(inventory.DISK_GB.total, report.local_gb);
  assert.ok(!rig.requests.some(({ path }) => /ManagedSystem\/[^/]+\?/.test(path)));
});

test('HOST-5 HOST-16 names of all partitions, UUIDs only of those that Nova names', async () => {
  const site = defaultSite({ partitions: { count: 3 } });
  await using rig = await Rig.open({ simulator: { site } });
  const { instance } = await deployed(rig);
  const names = await rig.driver.listInstances({}, exampleCall());
  assert.equal(names.length, 4);
  assert.ok(names.includes(instance.name));
  assert.ok(!names.includes('novalink'));
  const uuids = await rig.driver.listInstanceUuids({}, exampleCall());
  assert.equal(uuids.length, 2);
  assert.ok(uuids.includes(instance.uuid));
});

test('HOST-7 HOST-17 DRIFT-19 whether an instance exists, before and after', async () => {
  await using rig = await Rig.open();
  const instance = exampleInstance();
  assert.equal(await rig.driver.instanceExists({ uuid: instance.uuid }, exampleCall()), false);
  await rig.driver.spawn(await rig.deployment({ image: rig.images.add(MB), instance }), exampleCall());
  assert.equal(await rig.driver.instanceExists({ uuid: instance.uuid }, exampleCall()), true);
});

test('a caller that gave up is told so', async () => {
  await using rig = await Rig.open();
  await assert.rejects(
    rig.driver.listInstances({}, exampleCall({ signal: AbortSignal.abort() })),
    driverError('PVM_ABORTED', 'listInstances'),
  );
});

test('HOST-6 the power states of 1,000 partitions cost at most 2 requests', async () => {
  const site = defaultSite({ partitions: { count: 1000 }, memoryMb: 8 * 1024 * 1024, processorUnits: 1000 });
  await using rig = await Rig.open({ simulator: { site } });
  const uuids = rig.system.partitions.map(({ uuid }) => uuid.toLowerCase());
  rig.requests.length = 0;
  await Promise.all(uuids.map((uuid) => rig.driver.getInfo({ uuid }, exampleCall())));
  for (const uuid of uuids) await rig.driver.getInfo({ uuid }, exampleCall());
  const sent = rig.sent('GET');
  assert.ok(sent.length <= 2, sent.join('\n'));
});
