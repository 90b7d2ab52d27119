import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleCall, Rig } from '../testing/rig.js';

const MB = 1024 * 1024;
const imageAccess = { endpoint: 'http://127.0.0.1:9292', token: 'not a real one' };
const cached = (rig: Rig) =>
  rig
    .disks('datavg')
    .map(({ name }) => name)
    .filter((name) => name.startsWith('i_'));

test('IMGC-5 S05 an image is cached once, and says whether it was new', async () => {
  await using rig = await Rig.open();
  const image = rig.images.add(MB);
  assert.equal(await rig.driver.cacheImage({ image, imageAccess }, exampleCall()), true);
  assert.equal(await rig.driver.cacheImage({ image, imageAccess }, exampleCall()), false);
  assert.equal(rig.images.opened.length, 1);
  await rig.driver.spawn(await rig.deployment({ image, imageAccess: null }), exampleCall());
});

test('IMGC-3 IMGC-4 S04 the clean-up removes exactly the images that no instance uses, however young they are', async () => {
  await using rig = await Rig.open();
  const [used, unused] = [rig.images.add(MB), rig.images.add(MB)];
  await rig.driver.spawn(await rig.deployment({ image: used }), exampleCall());
  await rig.driver.cacheImage({ image: unused, imageAccess }, exampleCall());
  await rig.driver.manageImageCache({ usedImageIds: [used.id ?? ''] }, exampleCall());
  assert.deepEqual(cached(rig), [`i_${used.id?.slice(0, 13).replace('-', '_')}`]);
  assert.ok(rig.disks('datavg').some(({ name }) => name.startsWith('b_')));
});

test('IMGC-3 a clean-up during a deployment waits and does not take its image away', async () => {
  await using rig = await Rig.open();
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await Promise.all([
    rig.driver.spawn(params, exampleCall()),
    rig.driver.manageImageCache({ usedImageIds: [] }, exampleCall()),
  ]);
  assert.equal(rig.mappingsOf(params.instance).length, 2);
});

test('an image that a killed daemon has half uploaded is uploaded again', async () => {
  await using rig = await Rig.open();
  const image = rig.images.add(MB);
  const stop = new AbortController();
  const slow = { ...exampleCall(), signal: stop.signal };
  rig.simulator.faults.add({ route: 'File.upload', count: 1, effect: { kind: 'hang' } });
  const upload = rig.driver.cacheImage({ image, imageAccess }, slow);
  upload.catch(() => {});
  while (cached(rig).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

  await using restarted = await rig.restart();
  assert.equal(await restarted.driver.cacheImage({ image, imageAccess }, exampleCall()), true);
  assert.equal(cached(restarted).length, 1);
  stop.abort();
  await assert.rejects(upload);
});
