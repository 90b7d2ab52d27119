import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  type Init,
  LogicalPartition,
  ManagedSystem,
  PersistentMemoryDevice,
  PersistentMemoryVolume,
  VirtualPersistentMemoryVolume,
} from '@openstack-powervm/rest';
import { defaultSite } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import { SiteError } from '../site/problem.js';
import { createPartition, openClient, refused } from '../testing/client.js';
import { failure, migrationJob, openCouple } from '../testing/migration-steps.js';

const persistentMemory = {
  devices: [{ sizeMb: 8192, volumes: [{ name: 'nvdimm1', sizeMb: 2048, partition: 'vios1' }] }],
};

async function open(t: TestContext) {
  const { session, simulator } = await openClient(t, { site: defaultSite({ persistentMemory }) });
  const guest = await createPartition(session, 'guest');
  const [system] = await session.list(ManagedSystem);
  assert.ok(system !== undefined);
  const parent = { type: LogicalPartition, id: guest.id };
  const create = (init: Init<typeof VirtualPersistentMemoryVolume>) =>
    session.create(VirtualPersistentMemoryVolume, { name: 'data', size: 1024, ...init }, { parent });
  return { session, simulator, guest, parent, create, below: { type: ManagedSystem, id: system.id } };
}

test('persistent memory: a volume takes memory of the system, is renamed, and gives it back', async (t) => {
  const { session, simulator, guest, parent, create, below } = await open(t);
  const free = () => simulator.inspect().systems[0]?.availableMemoryMb ?? 0;
  const before = free();
  const uuid = '7F3A6C1E-0000-4000-8000-00000000ABCD';
  const volume = await create({ uuid, affinity: true, associatedPartitionId: guest.value.partitionID ?? 0 });
  assert.deepEqual(
    [volume.id, volume.value.uuid, volume.value.currentSize, volume.value.affinity],
    [uuid, uuid, 1024, true],
  );
  assert.equal(volume.value.associatedPartitionName, 'guest');
  assert.match(volume.value.associatedPartition ?? '', new RegExp(guest.id));
  assert.equal(before - free(), 1024);
  const { value } = await session.get(LogicalPartition, guest.id);
  assert.equal(value.associatedPersistentMemoryConfiguration?.currentDramPersistentMemoryVolumes, 1);
  const renamed = await session.update(volume, (lens) => {
    lens.name = 'logs';
  });
  assert.equal(renamed.value.name, 'logs');
  const [listed] = await session.list(VirtualPersistentMemoryVolume, { parent: below });
  assert.equal(listed?.value.name, 'logs');
  await session.delete(renamed);
  assert.deepEqual(await session.list(VirtualPersistentMemoryVolume, { parent }), []);
  assert.equal(free(), before);
});

test('persistent memory: what a volume cannot be is refused', async (t) => {
  const { session, guest, parent, create, below } = await open(t);
  assert.match(await refused(create({ size: 1000 }), 400), /multiple of the block size 256/);
  assert.match(await refused(create({ size: 1024 * 1024 }), 409), /MB of memory left/);
  assert.match(await refused(create({ name: 'nvdimm1' }), 409), /already has .* nvdimm1/);
  assert.match(await refused(create({ uuid: '9F3A6C1E-0000-4000-8000-00000000ABCD' }), 400), /0 to 7/);
  assert.match(await refused(create({ associatedPartitionId: 77 }), 400), /77 is not that of/);
  const first = await create({});
  assert.equal(first.value.affinity, false);
  assert.match(await refused(create({}), 409), /already has .* data/);
  const grown = session.update(first, (lens) => {
    lens.size = 2048;
  });
  assert.match(await refused(grown, 409), /can only be renamed/);
  for (const name of ['b', 'c', 'd']) await create({ name });
  assert.match(await refused(create({ name: 'e' }), 409), /already has its 4 volumes/);
  await session.runJob({ type: LogicalPartition, id: guest.id, operation: 'PowerOn' });
  const [running] = await session.list(VirtualPersistentMemoryVolume, { parent });
  assert.ok(running !== undefined);
  assert.match(await refused(session.delete(running), 409), /only be removed while it is off/);
  const other = await createPartition(session, 'other');
  const asked = { name: 'z', size: 256, associatedPartitionId: other.value.partitionID ?? 0 };
  const made = await session.create(VirtualPersistentMemoryVolume, asked, { parent: below });
  assert.equal(made.value.associatedPartitionName, 'other');
  await session.delete(await session.get(LogicalPartition, other.id));
  const left = await session.list(VirtualPersistentMemoryVolume, { parent: below });
  assert.equal(left.length, 4, 'the volume went with its partition');
});

test('persistent memory: devices and their volumes are shown as the site describes them', async (t) => {
  const { session, below } = await open(t);
  const [device] = await session.list(PersistentMemoryDevice, { parent: below });
  assert.deepEqual(
    [device?.value.totalSize, device?.value.freeSize, device?.value.currentNumberOfVolumes],
    [8192, 6144, 1],
  );
  const [volume] = await session.list(PersistentMemoryVolume, { parent: below });
  assert.deepEqual([volume?.value.name, volume?.value.associatedPartitionName], ['nvdimm1', 'vios1']);
  const [system] = await session.list(ManagedSystem);
  assert.equal(system?.value.associatedSystemCapabilities?.persistentMemoryCapable, true);
  assert.equal(system?.value.associatedPersistentMemoryConfiguration?.currentPersistentMemoryVolumes, 1);
});

test('persistent memory: a system without it has none and takes none', async (t) => {
  const { session } = await openClient(t, { site: defaultSite() });
  const guest = await createPartition(session, 'guest');
  const parent = { type: LogicalPartition, id: guest.id };
  const create = session.create(VirtualPersistentMemoryVolume, { name: 'data', size: 256 }, { parent });
  assert.match(await refused(create, 409), /not capable of persistent memory/);
  assert.equal(guest.value.associatedPersistentMemoryConfiguration, undefined);
});

test('persistent memory: volumes migrate, under another name when the job says so', async (t) => {
  const { first, second, guest } = await openCouple(t);
  const parent = { type: LogicalPartition, id: guest.id };
  await first.create(VirtualPersistentMemoryVolume, { name: 'data', size: 512 }, { parent });
  const wrong = { PMEMVolumes: 'other/data' };
  assert.match(await failure(migrationJob(first, guest, 'MigrateValidate', wrong)), /no .* volume other/);
  const taken = { PMEMVolumes: 'data/nvdimm1' };
  assert.match(await failure(migrationJob(first, guest, 'MigrateValidate', taken)), /another name/);
  await migrationJob(first, guest, 'Migrate', { PMEMVolumes: 'data/moved' });
  const [moved] = await second.list(VirtualPersistentMemoryVolume, { parent });
  assert.deepEqual([moved?.value.name, moved?.value.size], ['moved', 512]);
  const [system] = await first.list(ManagedSystem);
  const below = { type: ManagedSystem, id: system?.id ?? '' };
  assert.deepEqual(await first.list(VirtualPersistentMemoryVolume, { parent: below }), []);
});

test('a site tells every mistake in its persistent memory', () => {
  const device = {
    sizeMb: 1024,
    volumes: [
      { name: 'a', sizeMb: 1000, partition: 'nobody' },
      { name: 'a', sizeMb: 1024 },
    ],
  };
  const site = () => parseSite({ systems: [{ ...systemOf(), persistentMemory: { devices: [device] } }] });
  assert.throws(site, (error) => {
    assert.ok(error instanceof SiteError);
    for (const text of ['multiple of the block size', 'no partition nobody', 'second volume a', 'do not fit'])
      assert.match(error.message, new RegExp(text));
    return true;
  });
});

const systemOf = () => defaultSite().systems[0];
