import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicalUnit, Session, Tier } from '@openstack-powervm/rest';
import { defaultSystem, parseSite, type SiteInput } from '@openstack-powervm/simulator';
import { exampleFlavor, exampleInstance } from '../../testing/nova.js';
import { exampleCall, Rig, removalOf } from '../../testing/rig.js';
import { logicalUnitName } from '../disk-names.js';
import { imageType } from './units.js';

const MB = 1024 * 1024;

type Nodes = NonNullable<SiteInput['clusters']>[number]['nodes'];

/** A driver on sim1, with a pool that these VIOSes share; a second system where one of them is there. */
function open(nodes: Nodes) {
  const names = new Set(['sim1', ...nodes.map(({ system }) => system)]);
  const site = parseSite({
    systems: [...names].map(defaultSystem),
    clusters: [
      { name: 'gold', pool: 'gold-pool', nodes, tiers: [{ name: 'SYSTEM', default: true, disksGb: [500] }] },
    ],
  });
  let now = 0;
  const clock = { now: () => now, sleep: async () => {} };
  const opened = Rig.open({ simulator: { site }, options: { disk_driver: 'ssp' }, clock });
  /** The list of VIOSes is read again after a minute, whether or not an event has come. */
  const minutePasses = (): void => {
    now += 61_000;
  };
  return opened.then((rig) => ({ rig, minutePasses }));
}

const both = [{ system: 'sim1', vioses: ['vios1', 'vios2'] }];

async function deployed(rig: Rig) {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  return params;
}

/** VIOSes that show the boot disk of an instance. */
const viosesOf = (rig: Rig, { uuid }: { uuid: string }) => {
  const client = rig.partition({ uuid })?.name;
  const shows = ({
    client: name,
    storage,
  }: {
    client?: string | undefined;
    storage?: { name: string } | undefined;
  }) => name === client && storage?.name.startsWith('boot_');
  return rig.system.vioses
    .filter(({ mappings }) => mappings.some(shows))
    .map(({ name }) => name)
    .sort();
};

async function units(rig: Rig) {
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  const [tier] = await session.list(Tier);
  const found = await session.list(LogicalUnit, { parent: { type: Tier, id: tier?.id ?? '' } });
  return found.map(({ value }) => [value.unitName, value.unitCapacity] as const);
}

test('SSP-2 L-47 only VIOSes of the cluster that are on this host show the disks', async () => {
  const { rig } = await open([
    { system: 'sim1', vioses: ['vios2'] },
    { system: 'sim2', vioses: ['vios1', 'vios2'] },
  ]);
  await using _ = rig;
  const { instance } = await deployed(rig);
  assert.deepEqual(viosesOf(rig, instance), ['vios2']);
});

test('TX-3 SSP-3 B-42 a VIOS of the cluster in maintenance stops neither a deployment nor a removal', async () => {
  const { rig, minutePasses } = await open(both);
  await using _ = rig;
  const first = await deployed(rig);
  assert.deepEqual(viosesOf(rig, first.instance), ['vios1', 'vios2']);
  rig.simulator.happen('vios2', { rmc: 'inactive' });
  minutePasses();
  const second = await deployed(rig);
  assert.deepEqual(viosesOf(rig, second.instance), ['vios1']);
  await rig.driver.destroy(removalOf(second), exampleCall());
  assert.equal(rig.partition(second.instance), undefined);

  rig.simulator.happen('vios2', { rmc: 'busy' });
  minutePasses();
  const third = await deployed(rig);
  assert.deepEqual(viosesOf(rig, third.instance), ['vios1', 'vios2']);
});

test('SSP-5 HOST-9 a boot disk is found again by its name and kind', async () => {
  const { rig } = await open(both);
  await using _ = rig;
  const { instance } = await deployed(rig);
  const other = exampleInstance();
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  const [tier] = await session.list(Tier);
  const init = { unitCapacity: 1, logicalUnitType: imageType, unitName: logicalUnitName('boot', other) };
  await session.create(LogicalUnit, init, { parent: { type: Tier, id: tier?.id ?? '' } });
  assert.equal(await rig.driver.instanceOnDisk({ instance }, exampleCall()), true);
  assert.equal(await rig.driver.instanceOnDisk({ instance: other }, exampleCall()), false);
});

test('SSP-6 a mapping names its unit by name and UDID alone', async () => {
  const { rig } = await open(both);
  await using _ = rig;
  rig.requests.length = 0;
  await deployed(rig);
  const written = rig.requests.filter(
    ({ method, requestBody = '' }) => method === 'POST' && requestBody.includes('boot_'),
  );
  assert.equal(written.length, 2);
  for (const { requestBody = '' } of written) {
    const [unit = ''] = /<[^>]*LogicalUnit[ >][\s\S]*?<\/[^>]*LogicalUnit>/.exec(requestBody) ?? [];
    const children = [...unit.matchAll(/<(?:\w+:)?(\w+)/g)].map(([, name]) => name).slice(1);
    assert.deepEqual(children.filter((name) => name !== 'Metadata' && name !== 'Atom').sort(), [
      'UniqueDeviceID',
      'UnitName',
    ]);
  }
});

test('SSPIMG-3 an image unit is as large as the image, in hundredths of a GB, and the boot disk as the flavor says', async () => {
  const { rig } = await open(both);
  await using _ = rig;
  const instance = exampleInstance({ flavor: exampleFlavor({ rootGb: 2 }) });
  const params = await rig.deployment({ image: rig.images.add(15 * MB), instance });
  await rig.driver.spawn(params, exampleCall());
  const sizes = Object.fromEntries((await units(rig)).map(([name, size]) => [name?.split('_')[0], size]));
  assert.deepEqual(sizes, { image: 0.02, boot: 2 });
});

test('IMGC-5 DSK-1 a pool takes an image ahead of time, says whether it was new, and tells Nova of no cache', async () => {
  const { rig } = await open(both);
  await using _ = rig;
  const image = rig.images.add(MB);
  const params = { image, imageAccess: { endpoint: 'http://127.0.0.1:9292', token: 'not a real one' } };
  assert.equal(await rig.driver.cacheImage(params, exampleCall()), true);
  assert.equal(await rig.driver.cacheImage(params, exampleCall()), false);
  assert.equal(rig.images.opened.length, 1);
  assert.deepEqual(await rig.driver.initHost({}, exampleCall()), { hasImageCache: false });
});
