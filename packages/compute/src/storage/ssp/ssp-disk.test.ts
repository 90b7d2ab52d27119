import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicalUnit, Session, Tier } from '@openstack-powervm/rest';
import { defaultSystem, parseSite } from '@openstack-powervm/simulator';
import { driverError } from '../../testing/expect.js';
import { exampleFlavor, exampleImage } from '../../testing/nova.js';
import { exampleCall, Rig, type RigOptions, removalOf } from '../../testing/rig.js';
import { imageUnitName } from './image-units.js';
import { imageType } from './units.js';

const MB = 1024 * 1024;

const cluster = (name: string, viosNames = ['vios1', 'vios2']) => ({
  name,
  pool: `${name}-pool`,
  nodes: [{ system: 'sim1', vioses: viosNames }],
  tiers: [{ name: 'SYSTEM', default: true, disksGb: [500] }],
});

const site = (...clusters: ReturnType<typeof cluster>[]) =>
  parseSite({ systems: [defaultSystem('sim1')], clusters });

const open = (options: RigOptions = {}) =>
  Rig.open({
    simulator: { site: site(cluster('gold')) },
    clock: { now: () => performance.now(), sleep: async () => {} },
    ...options,
    options: { disk_driver: 'ssp', ...options.options },
  });

/** Names of the pool's logical units. */
async function units(rig: Rig): Promise<string[]> {
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  const [tier] = await session.list(Tier);
  const found = await session.list(LogicalUnit, { parent: { type: Tier, id: tier?.id ?? '' } });
  return found.map(({ value }) => value.unitName ?? '').sort();
}

/** A unit made by somebody else. */
async function plant(rig: Rig, unitName: string): Promise<void> {
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  const [tier] = await session.list(Tier);
  await session.create(
    LogicalUnit,
    { thinDevice: true, unitCapacity: 0.001, logicalUnitType: imageType, unitName },
    { parent: { type: Tier, id: tier?.id ?? '' } },
  );
}

test('S02 S03 SSP-3 a deployment clones the image unit and maps it through every VIOS of the cluster', async () => {
  await using rig = await open();
  const image = rig.images.add(MB);
  const [first, second] = [await rig.deployment({ image }), await rig.deployment({ image })];
  await rig.driver.spawn(first, exampleCall());
  await rig.driver.spawn(second, exampleCall());
  const boot = rig.mappingsOf(first.instance).filter(({ storage }) => storage?.name.startsWith('boot_'));
  assert.equal(boot.length, 2);
  assert.equal(rig.images.opened.length, 1);
  assert.equal((await units(rig)).length, 3);
});

test('SSPIMG-4 DESTROY-11 the image unit goes with its last clone, other units stay', async () => {
  await using rig = await open();
  const image = rig.images.add(MB);
  const [first, second] = [await rig.deployment({ image }), await rig.deployment({ image })];
  await rig.driver.spawn(first, exampleCall());
  await rig.driver.spawn(second, exampleCall());
  await plant(rig, 'made-by-hand');
  await rig.driver.destroy(removalOf(first), exampleCall());
  assert.equal((await units(rig)).length, 3);
  await rig.driver.destroy(removalOf(second), exampleCall());
  assert.deepEqual(await units(rig), ['made-by-hand']);
});

test('SSPIMG-6 B-53 R06 what an upload of this host left when it was killed is gone after the next start', async () => {
  await using rig = await open();
  const image = rig.images.add(MB);
  const stop = new AbortController();
  rig.simulator.faults.add({ route: 'File.upload', count: 1, effect: { kind: 'hang' } });
  const params = await rig.deployment({ image });
  const cut = rig.driver.spawn(params, exampleCall({ signal: stop.signal }));
  cut.catch(() => {});
  while ((await units(rig)).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));

  const [marker = ''] = (await units(rig)).filter((name) => name.startsWith('part'));

  await using restarted = await rig.restart();
  assert.deepEqual(await units(rig), []);
  await restarted.driver.destroy(removalOf(params), exampleCall());
  await restarted.driver.spawn(await rig.deployment({ image }), exampleCall());
  stop.abort();
  await assert.rejects(cut);

  // An image that has been cloned is whole, whatever a marker says.
  const whole = await units(rig);
  await plant(rig, marker);
  rig.simulator.faults.add({
    method: 'DELETE',
    path: '/rest/api/uom/Tier/*/LogicalUnit/*',
    count: 1,
    effect: { kind: 'error', status: 409, message: 'still in use' },
  });
  await using unlucky = await rig.restart();
  assert.deepEqual(await units(unlucky), [...whole, marker].sort(), 'the start does not depend on it');
  await using again = await rig.restart();
  assert.deepEqual(await units(rig), whole);
  await again.driver.spawn(await rig.deployment({ image }), exampleCall());
});

test("SSPIMG-2 another host's marker is waited for, and in the end counts as left behind", async () => {
  let waits = 0;
  const clock = {
    now: () => performance.now(),
    sleep: async () => {
      waits += 1;
    },
  };
  await using rig = await open({ clock });
  const image = rig.images.add(MB);
  await plant(rig, `part00000000${imageUnitName(image)}`);
  await rig.driver.spawn(await rig.deployment({ image }), exampleCall());
  assert.ok(waits >= 100, `${waits} waits`);
  assert.equal((await units(rig)).filter((name) => name.startsWith('part')).length, 0);
});

test('SSPIMG-5 L-41 a failed upload leaves neither image unit nor marker', async () => {
  await using rig = await open();
  rig.images.breakNext = 1;
  await assert.rejects(
    rig.driver.spawn(await rig.deployment({ image: rig.images.add(MB) }), exampleCall()),
    driverError('PVM_IMAGE_UNAVAILABLE', 'hung up'),
  );
  assert.deepEqual(await units(rig), []);
});

test('SSPIMG-1 IMG-3 L-40 the image unit is named by name and checksum, else by the image id', () => {
  const checksum = 'd41d8cd98f00b204e9800998ecf8427e';
  assert.equal(imageUnitName(exampleImage({ name: 'AIX 7.3', checksum })), `image_AIX_7.3_${checksum}`);
  const id = 'aabbccdd-1234-5678-9abc-def012345678';
  assert.equal(imageUnitName(exampleImage({ name: 'x', id })), 'image_x_aabbccdd123456789abcdef012345678');
  assert.equal(imageUnitName(exampleImage({ name: 'n'.repeat(80), checksum })).length, 67);
});

test('SSP-1 cluster selection: none, unknown, several, and the one that is named', async () => {
  const two = {
    simulator: { site: site(cluster('gold', ['vios1']), cluster('silver', ['vios2'])) },
    start: false,
  };
  const none = { simulator: { site: site() }, start: false };
  const fails = async (options: RigOptions, name: string, ...expected: Parameters<typeof driverError>) => {
    await using rig = await open({ ...options, options: { cluster_name: name } });
    await assert.rejects(rig.driver.initHost({}, exampleCall()), driverError(...expected));
  };
  await fails(none, '', 'PVM_CLUSTER_NOT_FOUND', 'cluster_name is not set');
  await fails(two, 'bronze', 'PVM_CLUSTER_NOT_FOUND', '"bronze"', 'gold');
  await fails(two, '', 'PVM_CLUSTER_AMBIGUOUS', 'gold', 'silver');
  await using rig = await open({ ...two, options: { cluster_name: 'silver' } });
  assert.deepEqual(await rig.driver.initHost({}, exampleCall()), { hasImageCache: false });
});

test('S10 SSP-4 HOST-10 capacity comes from the pool, which both hosts recognise', async () => {
  await using rig = await open();
  assert.ok((await rig.driver.getAvailableResource({}, exampleCall())).local_gb > 0);
  const { instance } = await rig.deployment({ image: rig.images.add(MB) });
  const data = await rig.driver.checkSharedStorageLocal({ instance }, exampleCall());
  assert.equal(await rig.driver.checkSharedStorageRemote({ data: data ?? {} }, exampleCall()), true);
});

test('S10 SSP-4 B-12 of several tiers only the default one counts, which holds the disks', async () => {
  const gold = cluster('gold');
  const tiers = [...gold.tiers, { name: 'archive', default: false, disksGb: [4000] }];
  await using rig = await open({ simulator: { site: site({ ...gold, tiers }) } });
  await rig.driver.spawn(await rig.deployment({ image: rig.images.add(MB) }), exampleCall());
  const { local_gb: total, local_gb_used: used } = await rig.driver.getAvailableResource({}, exampleCall());
  assert.deepEqual([total, used], [500, 2]);
});

const larger = exampleFlavor({ name: 'large', rootGb: 3 });

async function resizing(rig: Rig) {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  const resize = () =>
    rig.driver.migrateDiskAndPowerOff(
      { ...params, destination: '127.0.0.1', sameHost: true, flavor: larger, timeout: 0 },
      exampleCall(),
    );
  const sizes = () =>
    rig.simulator
      .inspect()
      .clusters.flatMap(({ units }) => units.filter(({ name }) => name.startsWith('boot_')))
      .map(({ sizeGb }) => sizeGb);
  return { params, resize, sizes };
}

test('S07 SSP-7 MIG-8 a resize makes the logical unit larger', async () => {
  await using rig = await open();
  const { resize, sizes } = await resizing(rig);
  await resize();
  assert.deepEqual(sizes(), [3]);
});

test('S07 MIG-7 a console that lets no unit grow is quoted, and the server stays as it was', async () => {
  await using rig = await open();
  const { params, resize, sizes } = await resizing(rig);
  rig.simulator.faults.add({
    method: 'POST',
    path: '/rest/api/uom/Tier/*/LogicalUnit/*',
    effect: { kind: 'error', status: 400, message: 'UnitCapacity is read only' },
  });
  await assert.rejects(resize(), driverError('PVM_RESIZE_REFUSED', 'UnitCapacity is read only'));
  assert.deepEqual(sizes(), [1]);
  assert.equal(rig.partition(params.instance)?.name, params.instance.name);
});

for (const name of ['marker', 'image unit'])
  test(`SSPIMG-2 L-41 an answer that is lost after the ${name} was made leaves none, and no empty image to clone`, async () => {
    await using rig = await open();
    const params = await rig.deployment({ image: rig.images.add(MB) });
    rig.simulator.faults.add({
      method: 'PUT',
      path: '/rest/api/uom/Tier/*/LogicalUnit',
      skip: name === 'marker' ? 0 : 1,
      count: 1,
      effect: { kind: 'reset', when: 'after' },
    });
    await assert.rejects(rig.driver.spawn(params, exampleCall()));
    assert.deepEqual(await units(rig), []);
    await rig.driver.spawn(params, exampleCall());
    assert.equal(rig.images.opened.length, 1);
  });

test('SSPIMG-2 a deployment that is given up while the marker is being made leaves no marker', async () => {
  await using rig = await open();
  const params = await rig.deployment({ image: rig.images.add(MB) });
  rig.simulator.faults.add({
    method: 'PUT',
    path: '/rest/api/uom/Tier/*/LogicalUnit',
    count: 1,
    effect: { kind: 'delay', ms: 200 },
  });
  const controller = new AbortController();
  const spawning = rig.driver.spawn(params, exampleCall({ signal: controller.signal }));
  setTimeout(() => controller.abort(), 100);
  await assert.rejects(spawning);
  await rig.quiet();
  assert.deepEqual(await units(rig), []);
});

test('SSPIMG-2 a marker whose removal is refused once is removed at the next try', async () => {
  await using rig = await open();
  const params = await rig.deployment({ image: rig.images.add(MB) });
  rig.simulator.faults.add({
    method: 'DELETE',
    path: '/rest/api/uom/Tier/*/LogicalUnit/*',
    count: 1,
    effect: { kind: 'error', status: 409, message: 'not now' },
  });
  await rig.driver.spawn(params, exampleCall());
  assert.ok((await units(rig)).every((name) => !name.startsWith('part')));
});
