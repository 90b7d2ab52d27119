import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleInstance, exampleVif } from '../testing/nova.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';

const MB = 1024 * 1024;

async function running(rig: Rig) {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  await rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall());
  return params;
}

test('A03 DESTROY-2 L-18 destroying a running instance leaves nothing but the cached image', async () => {
  await using rig = await Rig.open();
  const before = rig.inventory();
  const params = await running(rig);
  await rig.driver.destroy(removalOf(params), exampleCall());
  const { contents, ...after } = rig.inventory();
  assert.deepEqual({ ...after, contents: contents.filter((name) => !name.includes(' i_')) }, before);
});

test('A03 DESTROY-6 L-19 destroying again, or what was never there, is success', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  await rig.driver.destroy(removalOf(params), exampleCall());
  await rig.driver.destroy(removalOf(params), exampleCall());
  await rig.driver.destroy(removalOf({ ...params, instance: exampleInstance() }), exampleCall());
});

test('DESTROY-3 without destroyDisks the boot disk stays', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  await rig.driver.destroy({ ...removalOf(params), destroyDisks: false }, exampleCall());
  const disks = rig.disks('datavg').map(({ name }) => name);
  assert.equal(disks.filter((name) => name.startsWith('b_')).length, 1);
  assert.equal(rig.partition(params.instance), undefined);
});

test('ID-8 DESTROY-11 B-41 two instances with equal short names: destroying one leaves the disk of the other', async () => {
  await using rig = await Rig.open();
  const image = rig.images.add(MB);
  const twins = ['c9f00000-1111-4222-8333-944455556666', 'c9f01111-1111-4222-8333-944455556666'].map((uuid) =>
    exampleInstance({ uuid, name: `instance-${uuid.slice(4, 8)}` }),
  );
  const [first, second] = await Promise.all(twins.map((instance) => rig.deployment({ image, instance })));
  assert.ok(first && second);
  await rig.driver.spawn(first, exampleCall());
  await rig.driver.spawn(second, exampleCall());
  await rig.driver.destroy(removalOf(first), exampleCall());
  const mapping = rig.mappingsOf(second.instance).find(({ storage }) => storage?.name.startsWith('b_'));
  assert.ok(mapping);
  const disks = rig.disks('datavg').map(({ name }) => name);
  assert.ok(disks.includes(mapping.storage?.name ?? ''));
});

test('VIF-9 a VIF that was never plugged does not disturb', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  await rig.driver.destroy({ ...removalOf(params), vifs: [exampleVif()] }, exampleCall());
  assert.equal(rig.partition(params.instance), undefined);
});

test('A12 RBLD-1 RBLD-2 a rebuild keeps partition UUID and management MAC and has the new image', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const before = rig.partition(params.instance);
  await rig.driver.powerOff({ instance: params.instance, timeout: 60 }, exampleCall());
  await rig.driver.destroy(removalOf(params), exampleCall());
  const image = rig.images.add(2 * MB);
  await rig.driver.spawn({ ...params, image }, exampleCall());
  const after = rig.partition(params.instance);
  assert.equal(after?.uuid, before?.uuid);
  assert.deepEqual(
    after?.adapters.map(({ mac }) => mac).sort(),
    before?.adapters.map(({ mac }) => mac).sort(),
  );
  assert.equal(rig.mappingsOf(params.instance).length, 2);
});

test('undoSpawn removes what a completed spawn has made', async () => {
  await using rig = await Rig.open();
  const before = rig.inventory();
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  const { instance, vifs, blockDevices } = params;
  await rig.driver.undoSpawn({ instance, vifs, blockDevices, configDrive: true }, exampleCall());
  assert.deepEqual(rig.inventory().partitions, before.partitions);
  assert.deepEqual(rig.inventory().mappings, before.mappings);
});
