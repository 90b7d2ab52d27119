import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session, VirtualIOServer, VolumeGroup } from '@openstack-powervm/rest';
import type { Instance } from '../contract/index.js';
import type { Log } from '../log.js';
import { noLog } from '../log.js';
import { addMapping, clientOf, type StorageRef } from '../storage/mapping.js';
import { driverError } from '../testing/expect.js';
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

/** As an operator at the console: a virtual disk in the volume group of the instance disks, of that name, not labelled as ours. */
async function makeDisk(rig: Rig, name: string): Promise<void> {
  await atConsole(rig, async (session) => {
    const [vios, group] = viosOfDisks(rig);
    const parent = { type: VirtualIOServer, id: vios.uuid };
    const add = { diskCapacity: 1, diskLabel: 'data', diskName: name, virtualDiskType: 'LogicalVolume' };
    await session.commit(
      VolumeGroup,
      group.uuid,
      ['None'],
      ({ virtualDisks }) => {
        virtualDisks.add(add);
      },
      { parent },
    );
  });
}

/** Maps storage to an instance by hand; undefined makes an adapter pair without any. */
async function map(rig: Rig, instance: Instance, storage: StorageRef | undefined): Promise<void> {
  await atConsole(rig, async (session) => {
    const { uuid = '', id = 0 } = rig.partition(instance) ?? {};
    const client = clientOf(session, { uuid, id });
    await session.commit(VirtualIOServer, viosOfDisks(rig)[0].uuid, ['ViosSCSIMapping'], (vios) => {
      if (storage) addMapping(vios, client, storage);
      else
        vios.virtualSCSIMappings.add({
          associatedLogicalPartition: client.href,
          clientAdapter: { adapterType: 'Client', useNextAvailableSlotID: true },
          serverAdapter: { adapterType: 'Server', useNextAvailableSlotID: true },
        });
    });
  });
}

async function atConsole(rig: Rig, work: (session: Session) => Promise<void>): Promise<void> {
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  await work(session);
}

function viosOfDisks(rig: Rig) {
  for (const vios of rig.system.vioses)
    for (const group of vios.volumeGroups)
      if (group.disks.some(({ name }) => name.startsWith('b_'))) return [vios, group] as const;
  throw new Error('no instance has a disk yet');
}

test('DESTROY-4 DESTROY-11 L-32 what was mapped by hand is unmapped and stays, and so is a mapping whose device is gone', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  await makeDisk(rig, 'by-hand');
  await map(rig, params.instance, { kind: 'disk', name: 'by-hand' });
  await map(rig, params.instance, undefined);
  assert.equal(rig.mappingsOf(params.instance).length, 4);
  await rig.driver.destroy(removalOf(params), exampleCall());
  assert.deepEqual(rig.inventory().mappings, []);
  assert.ok(rig.disks('datavg').some(({ name }) => name === 'by-hand'));
});

test('DSK-5 a disk that another tool made under one of our names goes only when it was mapped to the instance', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const [first, second] = ['e0', 's_'].map(
    (kind) => `${kind}${params.instance.name.slice(0, 8)}_${params.instance.uuid.slice(0, 4)}`,
  );
  assert.ok(first && second);
  for (const name of [first, second]) await makeDisk(rig, name);
  await map(rig, params.instance, { kind: 'disk', name: first });
  await rig.driver.destroy(removalOf(params), exampleCall());
  const left = rig.disks('datavg').map(({ name }) => name);
  assert.ok(!left.includes(first) && left.includes(second), left.join());
});

test('PWR-7 L-16 as long as the guest may run a failed removal is a failure to stop it, so that Nova keeps its addresses', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const message = 'HSCL0000 the service processor is stuck';
  rig.simulator.faults.add({ job: 'PowerOff', effect: { kind: 'job-failure', message } });
  await assert.rejects(
    rig.driver.destroy(removalOf(params), exampleCall()),
    driverError('PVM_POWER_OFF_FAILED', params.instance.uuid, message),
  );
  rig.simulator.faults.clear();
  rig.simulator.faults.add({
    method: 'GET',
    path: '/rest/api/uom/LogicalPartition/*',
    count: 1,
    effect: { kind: 'error', status: 500 },
  });
  await assert.rejects(
    rig.driver.destroy(removalOf(params), exampleCall()),
    driverError('PVM_POWER_OFF_FAILED'),
  );
  assert.notEqual(rig.partition(params.instance)?.state, 'not activated');
});

test('DESTROY-6 L-20 a later failure says that the removal failed and why, and the log has the first error with its step', async () => {
  const lines: string[] = [];
  const log: Log = { ...noLog, warn: (text) => lines.push(text), with: () => log };
  await using rig = await Rig.open({ log });
  const params = await running(rig);
  const message = 'HSCL9999 no such luck';
  rig.simulator.faults.add({
    route: 'LogicalPartition.delete',
    effect: { kind: 'error', status: 400, message },
  });
  await assert.rejects(
    rig.driver.destroy(removalOf(params), exampleCall()),
    driverError('PVM_DESTROY_FAILED', params.instance.uuid, message),
  );
  assert.ok(
    lines.some((line) => line.includes('delete partition') && line.includes(message)),
    lines.join('\n'),
  );
});

test('DESTROY-5 L-21 an open terminal is closed when the console refuses to delete because of it, and a 404 is success', async () => {
  await using rig = await Rig.open();
  const first = await running(rig);
  const route = 'LogicalPartition.delete';
  const refusal = { kind: 'error', status: 409, message: 'HSCL3399 a virtual terminal is open' } as const;
  rig.simulator.faults.add({ route, count: 1, effect: refusal });
  rig.requests.length = 0;
  await rig.driver.destroy(removalOf(first), exampleCall());
  assert.ok(rig.sent('PUT').some((request) => request.endsWith('/do/CloseVterm')));
  assert.equal(rig.partition(first.instance), undefined);

  const second = await running(rig);
  rig.simulator.faults.add({ route, count: 1, effect: { kind: 'reset', when: 'after' } });
  await rig.driver.destroy(removalOf(second), exampleCall());
  assert.equal(rig.partition(second.instance), undefined);
});
