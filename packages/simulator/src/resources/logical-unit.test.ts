import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import {
  Cluster,
  type Entity,
  type Init,
  LogicalUnit,
  type Session,
  SharedStoragePool,
  Tier,
  uuidOf,
  VirtualIOServer,
} from '@openstack-powervm/rest';
import { twoHostSite } from '../site/two-host-site.js';
import {
  bytesOf,
  createPartition,
  mapStorage,
  once,
  openClient,
  refused,
  viosNamed,
} from '../testing/client.js';

async function openPool(t: TestContext) {
  const client = await openClient(t, { site: twoHostSite() });
  const [first, second] = client.sessions;
  assert.ok(first !== undefined && second !== undefined);
  return { ...client, first, second, tier: await defaultTier(first) };
}

async function defaultTier(session: Session): Promise<Entity<typeof Tier>> {
  const found = (await session.list(Tier)).filter(({ value }) => value.isDefault === true);
  assert.equal(found.length, 1);
  const [tier] = found;
  assert.ok(tier !== undefined);
  return tier;
}

function createUnit(
  session: Session,
  tier: Entity<typeof Tier>,
  init: Init<typeof LogicalUnit>,
): Promise<Entity<typeof LogicalUnit>> {
  return session.create(LogicalUnit, init, { parent: { type: Tier, id: tier.id } });
}

async function upload(
  session: Session,
  vios: string,
  unit: Entity<typeof LogicalUnit>,
  bytes: Buffer,
): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await session.upload({
    kind: 'BROKERED_DISK_IMAGE',
    name: 'image',
    viosId: (await viosNamed(session, vios)).id,
    deviceUdid: unit.value.uniqueDeviceID,
    size: bytes.length,
    sha256,
    body: () => once(bytes),
  });
  return sha256;
}

test('two consoles see one pool: same objects, links only to the VIOSes of their own system', async (t) => {
  const { first, second } = await openPool(t);
  for (const session of [first, second]) {
    const [cluster, ...others] = await session.list(Cluster);
    assert.ok(cluster !== undefined && others.length === 0);
    assert.equal(cluster.value.node.length, 4);
    assert.equal(cluster.value.node.filter((node) => node.virtualIOServer !== undefined).length, 2);
    assert.ok(cluster.value.node.map((node) => node.state).every((state) => state === 'Up'));
    const pool = await session.get(
      SharedStoragePool,
      uuidOf(cluster.value.clusterSharedStoragePool ?? '') ?? '',
    );
    assert.equal(pool.value.capacity, 3072);
    assert.equal(pool.value.freeSpace, 3072);
    const child = await session.list(Tier, { parent: { type: SharedStoragePool, id: pool.id } });
    assert.deepEqual(child.map(({ value }) => value.name).sort(), ['SYSTEM', 'archive']);
  }
  assert.deepEqual(
    (await first.list(Cluster)).map(({ id }) => id),
    (await second.list(Cluster)).map(({ id }) => id),
  );
  const found = await first.search(Cluster, { property: 'ClusterName', value: 'cluster1' });
  assert.equal(found.length, 1);
});

test('an image uploaded through one host is cloned and read on the other', async (t) => {
  const { simulator, first, second, tier } = await openPool(t);
  const image = await createUnit(first, tier, {
    unitName: 'image_cirros',
    unitCapacity: 0.5,
    logicalUnitType: 'VirtualIO_Image',
  });
  assert.match(image.value.uniqueDeviceID ?? '', /^29[0-9a-f]{64}$/);
  const content = Buffer.concat([Buffer.alloc(300_000, 7), Buffer.alloc(100_000), Buffer.from('end')]);
  await upload(first, 'vios2', image, content);
  const clone = await createUnit(second, await defaultTier(second), {
    unitName: 'boot_vm1',
    clonedFrom: image.value.uniqueDeviceID ?? '',
    unitCapacity: 1,
  });
  const { value } = clone;
  assert.equal(value.logicalUnitType, 'VirtualIO_Disk');
  assert.equal(value.thinDevice, true);
  assert.equal(value.unitCapacity, 1);
  assert.equal(value.clonedFrom, image.value.uniqueDeviceID);
  const udid = value.uniqueDeviceID ?? '';
  assert.deepEqual(await bytesOf(simulator.readDisk(udid, content.length)), content);
  await upload(second, 'vios1', clone, Buffer.from('changed'));
  const start = await bytesOf(simulator.readDisk(udid, 10));
  assert.deepEqual(start, Buffer.concat([Buffer.from('changed'), Buffer.alloc(3, 7)]));
  const original = await bytesOf(simulator.readDisk(image.value.uniqueDeviceID ?? '', content.length));
  assert.deepEqual(original, content);
});

test('SSP: thin units take what is written, clones nothing, thick ones their size', async (t) => {
  const { first, tier } = await openPool(t);
  const free = async () => {
    const [pool] = await first.list(SharedStoragePool);
    assert.ok(pool !== undefined);
    return {
      free: pool.value.freeSpace,
      total: pool.value.totalLogicalUnitSize,
      over: pool.value.overCommitSpace,
    };
  };
  const image = await createUnit(first, tier, { unitName: 'image', unitCapacity: 1 });
  assert.deepEqual(await free(), { free: 3072, total: 1, over: 0 });
  await upload(first, 'vios1', image, Buffer.alloc(40 * 1024 * 1024, 1));
  assert.deepEqual(await free(), { free: 3071.96, total: 1, over: 0 });
  await createUnit(first, tier, { unitName: 'clone', clonedFrom: image.value.uniqueDeviceID ?? '' });
  assert.deepEqual(await free(), { free: 3071.96, total: 2, over: 0 });
  await createUnit(first, tier, { unitName: 'thick', unitCapacity: 1000, thinDevice: false });
  assert.deepEqual(await free(), { free: 2071.96, total: 1002, over: 0 });
  const more = createUnit(first, tier, { unitName: 'more', unitCapacity: 100, thinDevice: false });
  assert.match(await refused(more, 409), /23.96 GB free; 100 GB/);
  await createUnit(first, tier, { unitName: 'thin', unitCapacity: 4000 });
  assert.deepEqual(await free(), { free: 2071.96, total: 5002, over: 1930 });
});

test('a mapped unit is in use on every console and can be deleted only when it is free and has no clones', async (t) => {
  const { first, second, tier } = await openPool(t);
  const image = await createUnit(first, tier, { unitName: 'image', unitCapacity: 1 });
  const udid = image.value.uniqueDeviceID ?? '';
  const unit = await createUnit(first, tier, { unitName: 'boot', clonedFrom: udid });
  const vios = await viosNamed(second, 'vios1');
  const partition = await createPartition(second, 'guest');
  const mapped = await mapStorage(second, vios, partition, {
    logicalUnit: { uniqueDeviceID: unit.value.uniqueDeviceID ?? '', unitName: 'boot' },
  });
  const mapping = mapped.value.virtualSCSIMappings.at(0);
  assert.equal(mapping?.storage?.logicalUnit?.unitName, 'boot');
  assert.equal(mapping?.serverAdapter?.backingDeviceName, 'boot');
  const target = mapping?.targetDevice?.sharedStoragePoolLogicalUnitVirtualTargetDevice;
  assert.match(target?.uniqueDeviceID ?? '', /^0a/);
  assert.equal((await first.refresh(unit)).value.inUse, true);
  assert.match(await refused(first.delete(unit), 412), /ETag/);
  assert.match(await refused(first.delete(await first.refresh(unit)), 409), /mapped to guest/);
  assert.match(await refused(first.delete(image), 409), /boot was cloned from it/);
  await second.commit(VirtualIOServer, vios.id, ['ViosSCSIMapping'], (value) => {
    value.virtualSCSIMappings.removeWhere(() => true);
  });
  await first.delete(await first.refresh(unit));
  await first.delete(image);
  assert.deepEqual(await first.list(LogicalUnit, { parent: { type: Tier, id: tier.id } }), []);
});

test('posting the pool without a unit deletes it, with a new one makes it', async (t) => {
  const { first, tier } = await openPool(t);
  await createUnit(first, tier, { unitName: 'old', unitCapacity: 1 });
  const [pool] = await first.list(SharedStoragePool);
  assert.ok(pool !== undefined);
  const updated = await first.update(pool, ({ logicalUnits }) => {
    logicalUnits.removeWhere(() => true);
    logicalUnits.add({ unitName: 'new', unitCapacity: 2 });
  });
  assert.deepEqual(
    updated.value.logicalUnits.map((unit) => unit.unitName),
    ['new'],
  );
});

test('disks of the pool are seen by every VIOS and free for nobody', async (t) => {
  const { second } = await openPool(t);
  const vios = await viosNamed(second, 'vios2');
  const { value } = await second.get(VirtualIOServer, vios.id, { groups: ['ViosStorage'] });
  const shared = value.physicalVolumes.filter((volume) => volume.isFibreChannelBacked === true);

  assert.deepEqual(
    shared.map((volume) => volume.availableForUsage),
    [true, false, false, false, false],
  );
  const mapped = mapStorage(second, vios, await createPartition(second, 'guest'), {
    physicalVolume: { volumeName: shared[1]?.volumeName ?? '' },
  });
  assert.match(await refused(mapped, 409), /belongs to (shared storage pool pool1|cluster cluster1)/);
});

test('a unit grows by an update and never shrinks', async (t) => {
  const { first, tier } = await openPool(t);
  const unit = await createUnit(first, tier, { unitName: 'growing', unitCapacity: 1 });
  const resize = (sizeGb: number) =>
    first.commit(
      LogicalUnit,
      unit.id,
      ['None'],
      (value) => {
        value.unitCapacity = sizeGb;
      },
      { parent: { type: Tier, id: tier.id } },
    );
  assert.equal((await resize(2)).value.unitCapacity, 2);
  assert.match(await refused(resize(1), 400), /smaller/);
});
