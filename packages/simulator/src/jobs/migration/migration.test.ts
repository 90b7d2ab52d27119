import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  LogicalPartition,
  ManagedSystem,
  type Session,
  VirtualFibreChannelClientAdapter,
} from '@openstack-powervm/rest';
import type { Simulator } from '../../simulator.js';
import { hmcSite } from '../../site/hmc-site.js';
import { twoHostSite } from '../../site/two-host-site.js';
import { createPartition, openClient } from '../../testing/client.js';
import {
  attachPair,
  bringUp,
  failure,
  mapSharedDisk,
  mapUnit,
  migrationJob,
  openCouple,
  plugIn,
  whereabouts,
} from '../../testing/migration-steps.js';
import { eventually } from '../../testing/steps.js';

async function wwpnsOf(session: Session, id: string): Promise<string[]> {
  const parent = { type: LogicalPartition, id };
  const adapters = await session.list(VirtualFibreChannelClientAdapter, { parent });
  return adapters.map(({ value }) => value.wwpns ?? '');
}

function mappingsOf(simulator: Simulator, system: string) {
  const found = simulator.inspect().systems.find(({ name }) => name === system);
  return (found?.vioses ?? []).flatMap((vios) =>
    vios.mappings
      .filter(({ client }) => client === 'guest')
      .map((mapping) => ({ vios: vios.name, udid: mapping.storage?.udid, slot: mapping.clientSlot })),
  );
}

test('LMG: a running partition moves with its disks, pairs and adapters and leaves nothing behind', async (t) => {
  const { simulator, first, second, guest } = await openCouple(t);
  await mapUnit(first, 'vios1', guest, 'root');
  await mapSharedDisk(first, 'vios2', guest);
  await attachPair(first, 'vios1', guest, 'fcs0');
  const adapter = await plugIn(first, guest, 1);
  await bringUp(first, guest);
  const before = mappingsOf(simulator, 'sim1').toSorted((a, b) => a.slot - b.slot);
  const [pair = ''] = await wwpnsOf(first, guest.id);

  assert.match(
    (await migrationJob(first, guest, 'MigrateValidate')).results['result'] ?? '',
    /can be migrated to system sim2/,
  );
  assert.deepEqual(Object.keys(whereabouts(simulator)), ['sim1']);
  const job = migrationJob(first, guest, 'Migrate');
  const seen = await eventually(() => {
    const { sim1, sim2 } = whereabouts(simulator);
    return sim1?.migration === 'Migration_In_Progress' ? { sim1, sim2 } : undefined;
  });
  assert.deepEqual([seen.sim1.state, seen.sim2?.state], ['migrating running', 'migrating running']);
  const halfway = await first.get(LogicalPartition, guest.id);
  assert.equal(halfway.value.progressPartitionDataTotal, 1024);
  const [system] = await second.list(ManagedSystem);
  assert.equal(system?.value.systemMigrationInformation?.numberOfActiveMigrationsInProgress, 1);
  await job;

  assert.deepEqual(Object.keys(whereabouts(simulator)), ['sim2']);
  const { value } = await second.get(LogicalPartition, guest.id);
  assert.deepEqual([value.partitionState, value.migrationState], ['running', 'Not_Migrating']);
  assert.deepEqual(mappingsOf(simulator, 'sim1'), []);
  const after = mappingsOf(simulator, 'sim2').toSorted((a, b) => a.slot - b.slot);
  assert.deepEqual(
    after.map(({ udid, slot }) => ({ udid, slot })),
    before.map(({ udid, slot }) => ({ udid, slot })),
  );
  assert.equal(new Set(after.map(({ vios }) => vios)).size, 2, 'two VIOSes serve it again');
  assert.deepEqual(await wwpnsOf(second, guest.id), [pair.split(' ').toReversed().join(' ')]);
  const moved = simulator.inspect().systems[1]?.partitions.find(({ name }) => name === 'guest');
  assert.deepEqual(
    moved?.adapters.map(({ mac }) => mac),
    [adapter.value.macAddress],
  );
  await eventually(async () => {
    const now = await second.get(LogicalPartition, guest.id);
    return now.value.resourceMonitoringControlState === 'active' ? now : undefined;
  });
});

test('the job tells how far the migration is', async (t) => {
  const { first, guest } = await openCouple(t, { site: twoHostSite({ timing: { migrateMs: 2000 } }) });
  await mapUnit(first, 'vios1', guest, 'root');
  const job = migrationJob(first, guest, 'Migrate');
  await eventually(async () => {
    const feed = await first.read(`/rest/api/uom/LogicalPartition/${guest.id}/jobs`);
    return /<LinearProgress[^>]*>0\.[1-9]</.test(Buffer.from(feed.body).toString()) ? true : undefined;
  });
  await job;
});

test('both consoles hear of a migration', async (t) => {
  const { first, second, guest } = await openCouple(t);
  await mapUnit(first, 'vios1', guest, 'root');
  const heard = [first, second].map((session) => session.events());
  const iterators = heard.map((stream) => stream[Symbol.asyncIterator]());
  for (const iterator of iterators) await iterator.next();
  await bringUp(first, guest);
  await migrationJob(first, guest, 'Migrate');
  const until = async (index: number, kind: string): Promise<void> => {
    for (;;) {
      const next = await iterators[index]?.next();
      assert.ok(next?.done === false);
      if (next.value.kind === kind && next.value.uri?.endsWith(`LogicalPartition/${guest.id}`) === true)
        return;
    }
  };
  await until(0, 'delete');
  await until(1, 'add');
  await until(1, 'modify');
});

/** Partition ids in use, by system. */
function idsOn(simulator: Simulator, name: string): number[] {
  const system = simulator.inspect().systems.find((candidate) => candidate.name === name);
  return [...(system?.partitions ?? []), ...(system?.vioses ?? [])].map(({ id }) => id);
}

test('LMG: a partition keeps its id where that is free and gets the lowest free one where it is not', async (t) => {
  const { simulator, first, second } = await openCouple(t);
  let made = 0;
  const wanderer = async (wanted: (id: number) => boolean) => {
    while (made < 20) {
      made += 1;
      const partition = await createPartition(first, `mobile${made}`);
      if (wanted(partition.value.partitionID ?? 0)) return partition;
    }
    throw new Error('no partition got such an id');
  };
  const free = await wanderer((id) => !idsOn(simulator, 'sim2').includes(id));
  await migrationJob(first, free, 'Migrate');
  assert.equal((await second.get(LogicalPartition, free.id)).value.partitionID, free.value.partitionID);
  while (!idsOn(simulator, 'sim1').every((id) => idsOn(simulator, 'sim2').includes(id)))
    await createPartition(second, `filler${idsOn(simulator, 'sim2').length}`);
  const taken = await wanderer((id) => idsOn(simulator, 'sim2').includes(id));
  await migrationJob(first, taken, 'Migrate');
  const { value } = await second.get(LogicalPartition, taken.id);
  assert.notEqual(value.partitionID, taken.value.partitionID);
});

test('a console whose key the other does not know cannot migrate to it', async (t) => {
  const { first, second, guest } = await openCouple(t);
  await migrationJob(first, guest, 'Migrate');
  const back = { TargetManagedSystemName: 'sim1' };
  assert.match(await failure(migrationJob(second, guest, 'Migrate', back)), /key of .* is not among/);
});

test('a partition that is off migrates without an RMC connection and stays off', async (t) => {
  const { simulator, first, guest } = await openCouple(t);
  await mapUnit(first, 'vios1', guest, 'root');
  await migrationJob(first, guest, 'Migrate');
  assert.equal(whereabouts(simulator)['sim2']?.state, 'not activated');
});

test('mappings and VLANs of the job decide where the adapters go', async (t) => {
  const { simulator, first, guest } = await openCouple(t);
  await mapUnit(first, 'vios1', guest, 'root');
  const adapter = await plugIn(first, guest, 1);
  const [mapping] = mappingsOf(simulator, 'sim1');
  const mac = adapter.value.macAddress ?? '';
  const target = simulator.inspect().systems[1]?.vioses.find(({ name }) => name === 'vios2');
  const scsi = { VirtualSCSIMappings: `${mapping?.slot}//${target?.id}/77` };
  const vlans = { VlanMappings: `${mac.toLowerCase()}/42` };
  assert.match(
    await failure(migrationJob(first, guest, 'MigrateValidate', { ...scsi, ...vlans })),
    /VLAN 42/,
  );
  await migrationJob(first, guest, 'Migrate', { ...scsi, ...vlans, VLANBridgeOverride: '2' });
  assert.deepEqual(
    mappingsOf(simulator, 'sim2').map(({ vios }) => vios),
    ['vios2'],
  );
  const there = simulator.inspect().systems[1];
  assert.equal(there?.vioses.find(({ name }) => name === 'vios2')?.mappings[0]?.serverSlot, 77);
  assert.equal(there?.partitions.find(({ name }) => name === 'guest')?.adapters[0]?.portVlan, 42);
});

test('on an HMC both systems are at hand: no address, user or key is needed', async (t) => {
  const { simulator, session } = await openClient(t, { site: hmcSite() });
  const systems = await session.list(ManagedSystem);
  const sim1 = systems.find(({ value }) => value.systemName === 'sim1');
  const guest = await createPartition(session, 'guest', 0, { type: ManagedSystem, id: sim1?.id ?? '' });
  await session.runJob({
    type: LogicalPartition,
    id: guest.id,
    operation: 'Migrate',
    parameters: { TargetManagedSystemName: 'sim2' },
  });
  assert.deepEqual(Object.keys(whereabouts(simulator)), ['sim2']);
});
