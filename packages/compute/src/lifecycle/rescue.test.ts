import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpawnParams } from '../contract/index.js';
import type { FlowHooks } from '../flow/index.js';
import { exampleFlavor, exampleInstance } from '../testing/nova.js';
import { exampleCall, Rig, type RigOptions, removalOf } from '../testing/rig.js';
import { rescueSteps } from './rescue.js';

const MB = 1024 * 1024;

async function running(options: RigOptions = {}, parts: Partial<SpawnParams> = {}) {
  const rig = await Rig.open(options);
  const params = await rig.deployment({ image: rig.images.add(MB), ...parts });
  await rig.driver.spawn(params, exampleCall());
  await rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall());
  const rescueParams = { ...params, image: rig.images.add(MB, { name: 'rescue' }) };
  return { rig, params, rescueParams, before: rig.inventory() };
}

const mappedNames = (rig: Rig, params: { instance: { uuid: string } }) =>
  rig
    .mappingsOf(params.instance)
    .map(({ storage }) => storage?.name.slice(0, 4))
    .sort();

/** Without cached images, which are no part of a rescue. */
const withoutCache = ({ contents, ...rest }: ReturnType<Rig['inventory']>) => ({
  ...rest,
  contents: contents.filter((name) => !name.includes(' i_')),
});

test('RESC-1 RESC-4 A09 a rescue maps a disk of the rescue image and starts with the menu of the firmware', async () => {
  const { rig, rescueParams } = await running();
  await using _ = rig;
  rig.requests.length = 0;
  await rig.driver.rescue(rescueParams, exampleCall());
  assert.deepEqual(mappedNames(rig, rescueParams), ['b_in', 'r_in', 'resc']);
  const [job] = rig.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/do/PowerOn'));
  assert.match(job?.requestBody ?? '', /bootmode[\s\S]*sms/);
  assert.equal((await rig.driver.getInfo({ uuid: rescueParams.instance.uuid }, exampleCall())).state, 1);
});

test('RESC-3 RESC-5 B-1 after unrescue nothing of the rescue remains and the own config drive is back', async () => {
  const { rig, params, rescueParams, before } = await running();
  await using _ = rig;
  await rig.driver.rescue(rescueParams, exampleCall());
  await rig.driver.unrescue({ instance: params.instance }, exampleCall());
  assert.deepEqual(withoutCache(rig.inventory()), withoutCache(before));
  assert.notEqual(rig.partition(params.instance)?.state, 'not activated');
});

test('RESC-3 RESC-4 an end of rescue that failed before it showed the own config drive shows it the next time', async () => {
  const { rig, params, rescueParams, before } = await running();
  await using _ = rig;
  await rig.driver.rescue(rescueParams, exampleCall());
  rig.simulator.faults.add({
    method: 'POST',
    path: '/rest/api/uom/VirtualIOServer/*',
    // The first one takes the rescue's storage away.
    skip: 1,
    count: 1,
    effect: { kind: 'error', status: 409, message: 'not now' },
  });
  await assert.rejects(rig.driver.unrescue({ instance: params.instance }, exampleCall()), /not now/);
  await rig.driver.unrescue({ instance: params.instance }, exampleCall());
  assert.deepEqual(withoutCache(rig.inventory()), withoutCache(before));
});

test('RESC-1 R06 a rescue that is repeated, because nobody heard the end of the first one, makes its disk anew', async () => {
  const { rig, params, rescueParams, before } = await running();
  await using _ = rig;
  await rig.driver.rescue(rescueParams, exampleCall());
  await using again = await rig.restart();
  await again.driver.rescue(rescueParams, exampleCall());
  assert.deepEqual(mappedNames(rig, rescueParams), ['b_in', 'r_in', 'resc']);
  await again.driver.unrescue({ instance: params.instance }, exampleCall());
  assert.deepEqual(withoutCache(rig.inventory()), withoutCache(before));
});

test('A03 destroying an instance in rescue removes the rescue disk and drive too', async () => {
  const { rig, params, rescueParams } = await running();
  await using _ = rig;
  await rig.driver.rescue(rescueParams, exampleCall());
  await rig.driver.destroy(removalOf(params), exampleCall());
  assert.equal(rig.media().length, 0);
  assert.ok(rig.disks('datavg').every(({ name }) => name.startsWith('i_')));
});

test('RESC-2 B-39 a rescue image is cached, and may leave the cache while the rescue goes on', async () => {
  const { rig, params, rescueParams } = await running();
  await using _ = rig;
  await rig.driver.rescue(rescueParams, exampleCall());
  await rig.driver.manageImageCache({ usedImageIds: [params.image.id ?? ''] }, exampleCall());
  assert.ok(mappedNames(rig, params).includes('r_in'));
  await rig.driver.unrescue({ instance: params.instance }, exampleCall());
  assert.equal(rig.images.opened.length, 2);
  await rig.driver.rescue(rescueParams, exampleCall());
  await rig.driver.unrescue({ instance: params.instance }, exampleCall());
  await rig.driver.rescue(rescueParams, exampleCall());
  assert.equal(rig.images.opened.length, 3);
});

test('RESC-7 the rescue disk has the size of the root disk', async () => {
  const instance = exampleInstance({ flavor: exampleFlavor({ rootGb: 2 }) });
  const { rig, rescueParams } = await running({}, { instance });
  await using _ = rig;
  await rig.driver.rescue(rescueParams, exampleCall());
  assert.equal(rig.disks('datavg').find(({ name }) => name.startsWith('r_'))?.sizeGb, 2);
});

for (const step of rescueSteps)
  test(`FLOW-1 a rescue that fails after "${step}" leaves the instance running as it was`, async () => {
    const hooks: FlowHooks = {
      afterStep: (operation, name) => {
        if (operation === 'rescue' && name === step) throw new Error('broken');
      },
    };
    const { rig, params, rescueParams, before } = await running({ hooks });
    await using _ = rig;
    await assert.rejects(rig.driver.rescue(rescueParams, exampleCall()), /broken/);
    assert.deepEqual(withoutCache(rig.inventory()), withoutCache(before));
    assert.notEqual(rig.partition(params.instance)?.state, 'not activated');
  });
