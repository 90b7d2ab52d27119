import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicalPartition, Session } from '@openstack-powervm/rest';
import { defaultSite } from '@openstack-powervm/simulator';
import type { Flavor, Instance, SpawnParams } from '../contract/index.js';
import type { FlowHooks } from '../flow/index.js';
import { driverError } from '../testing/expect.js';
import { exampleFlavor, exampleInstance } from '../testing/nova.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';

const MB = 1024 * 1024;
const migration = { sourceHost: 'aio', destinationHost: 'aio' };
const small = exampleFlavor({ rootGb: 1 });
const large = exampleFlavor({ name: 'large', memoryMb: 4096, vcpus: 4, rootGb: 3 });

async function running(rig: Rig, flavor: Flavor = small): Promise<SpawnParams> {
  const params = await rig.deployment({ image: rig.images.add(MB), instance: exampleInstance({ flavor }) });
  await rig.driver.spawn(params, exampleCall());
  await rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall());
  return params;
}

const migrate = (
  rig: Rig,
  params: SpawnParams,
  flavor: Flavor,
  parts: { sameHost?: boolean; timeout?: number } = {},
) =>
  rig.driver.migrateDiskAndPowerOff(
    { ...params, destination: '127.0.0.1', sameHost: true, flavor, timeout: 60, ...parts },
    exampleCall(),
  );

/** The instance as Nova passes it after it has taken the new flavor. */
const resized = (instance: Instance, flavor: Flavor, updates = {}): Instance => ({
  ...instance,
  flavor,
  oldFlavor: instance.flavor,
  newFlavor: flavor,
  systemMetadata: { ...instance.systemMetadata, ...updates },
});

const bootSizes = (rig: Rig) =>
  rig
    .disks('datavg')
    .filter(({ name }) => name.startsWith('b_'))
    .map(({ sizeGb }) => sizeGb);

test('MIG-4 FIN-3 CONF-1 A14 S07 a resize stops, grows the disk, reshapes and keeps one partition', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const { diskInfo } = await migrate(rig, params, large);
  assert.equal(typeof diskInfo, 'string');
  assert.equal(rig.partition(params.instance)?.state, 'not activated');
  assert.equal(rig.partition(params.instance)?.name, `resize_${params.instance.name}`);
  assert.deepEqual(bootSizes(rig), [3]);

  const instance = resized(params.instance, large);
  await rig.driver.finishMigration({ ...params, instance, migration }, exampleCall());
  await rig.driver.powerOn({ instance, firstBoot: false, configDrive: false }, exampleCall());
  const partition = rig.partition(instance);
  assert.equal(partition?.memoryMb, 4096);
  assert.deepEqual(partition.processors, { mode: 'shared', count: 4, units: 0.4 });

  await rig.driver.confirmMigration({ ...params, instance }, exampleCall());
  assert.equal(rig.partition(instance)?.name, instance.name);
  assert.equal(rig.partition(instance)?.state !== 'not activated', true);
});

test('REV-1 REV-3 REV-4 DESTROY-1 A14 a revert brings flavor and name back; its destroy does nothing', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  await migrate(rig, params, large);
  const bigger = resized(params.instance, large);
  const { systemMetadata = {} } = await rig.driver.finishMigration(
    { ...params, instance: bigger, migration },
    exampleCall(),
  );

  const reverting = { ...bigger, taskState: 'resize_reverting' };
  await rig.driver.destroy({ ...removalOf(params), instance: reverting }, exampleCall());
  assert.ok(rig.partition(params.instance), 'the one and only partition must survive');

  const back = { ...resized(params.instance, small, systemMetadata), taskState: 'resize_reverting' };
  await rig.driver.finishRevertMigration({ ...params, instance: back, migration }, exampleCall());
  const partition = rig.partition(params.instance);
  assert.equal(partition?.name, params.instance.name);
  assert.equal(partition.memoryMb, 2048);
  assert.equal(partition.processors.count, 2);
  assert.deepEqual(bootSizes(rig), [3]);
});

test('DESTROY-10 B-40 the destroy of a revert with a partition that is missing is success', async () => {
  await using rig = await Rig.open();
  const params = await rig.deployment({ image: rig.images.add(MB) });
  const instance = { ...params.instance, taskState: 'resize_reverting' };
  await rig.driver.destroy({ ...removalOf(params), instance }, exampleCall());
});

test('FIN-3 L-27 B-43 weight, priority and metrics survive a resize unless the flavor sets them', async () => {
  await using rig = await Rig.open();
  const keys = {
    'powervm:shared_weight': '200',
    'powervm:availability_priority': '150',
    'powervm:enable_lpar_metric': 'true',
    'powervm:processor_compatibility': 'POWER8',
  };
  const params = await running(rig, exampleFlavor({ extraSpecs: keys }));
  const plain = exampleFlavor({ memoryMb: 4096, extraSpecs: { 'powervm:availability_priority': '99' } });
  await migrate(rig, params, plain);
  const instance = resized(params.instance, plain);
  const { systemMetadata = {} } = await rig.driver.finishMigration(
    { ...params, instance, migration },
    exampleCall(),
  );
  assert.deepEqual(await attributes(rig, instance), [200, 99, true, 'POWER8']);

  const back = resized(params.instance, params.instance.flavor, systemMetadata);
  await rig.driver.finishRevertMigration({ ...params, instance: back, migration }, exampleCall());
  assert.deepEqual(await attributes(rig, instance), [200, 150, true, 'POWER8']);
});

async function attributes(rig: Rig, instance: Instance) {
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  const { value } = await session.get(LogicalPartition, rig.partition(instance)?.uuid ?? '');
  return [
    value.partitionProcessorConfiguration?.sharedProcessorConfiguration?.uncappedWeight,
    value.availabilityPriority,
    value.allowPerformanceDataCollection,
    value.pendingProcessorCompatibilityMode,
  ];
}

test('a resize from shared to dedicated processors and back', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const dedicated = exampleFlavor({ extraSpecs: { 'powervm:dedicated_proc': 'true' } });
  await migrate(rig, params, dedicated);
  const instance = resized(params.instance, dedicated);
  await rig.driver.finishMigration({ ...params, instance, migration }, exampleCall());
  assert.equal(rig.partition(instance)?.processors.mode, 'dedicated');
  await rig.driver.finishRevertMigration({ ...params, migration }, exampleCall());
  assert.equal(rig.partition(instance)?.processors.mode, 'shared');
});

test('MIG-1 MIG-3 MIG-7 LVG-6 what cannot work is refused before the guest is stopped', async () => {
  await using rig = await Rig.open();
  const params = await running(rig, large);
  await assert.rejects(migrate(rig, params, small), driverError('PVM_RESIZE_REFUSED', '1 GB', '3 GB'));
  await assert.rejects(
    migrate(rig, params, large, { sameHost: false }),
    driverError('PVM_RESIZE_REFUSED', 'same host'),
  );
  assert.notEqual(rig.partition(params.instance)?.state, 'not activated');
});

test('MIG-6 L-11 LVG-7 somebody else who changes partition and volume group at the same time only delays a resize', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const mismatch = (path: string) =>
    rig.simulator.faults.add({ method: 'POST', path, count: 1, effect: { kind: 'error', status: 412 } });
  mismatch('/rest/api/uom/VirtualIOServer/*/VolumeGroup/*');
  mismatch('/rest/api/uom/LogicalPartition/*');
  await migrate(rig, params, large);
  assert.deepEqual(bootSizes(rig), [3]);
  assert.equal(rig.partition(params.instance)?.name, `resize_${params.instance.name}`);
  assert.equal(rig.requests.filter(({ status }) => status === 412).length, 2);
});

test("MIG-9 B-28 a resize stops the guest within Nova's time: none means at once", async () => {
  await using rig = await Rig.open();
  const [patient, hasty] = [await running(rig), await running(rig)];
  for (const { instance } of [patient, hasty]) await rig.booted(instance);
  rig.requests.length = 0;
  await migrate(rig, patient, large);
  await migrate(rig, hasty, large, { timeout: 0 });
  const stops = rig.requests
    .filter(({ method, path }) => method === 'PUT' && path.endsWith('/do/PowerOff'))
    .map(({ requestBody = '' }) => (requestBody.includes('osshutdown') ? 'asked' : 'at once'));
  assert.deepEqual(stops, ['asked', 'at once']);
});

test('RSZ-1 RSZ-2 limits and remote restart change too, as the partition is off', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const wide = exampleFlavor({
    extraSpecs: {
      'powervm:max_mem': '8192',
      'powervm:max_vcpu': '8',
      'powervm:max_proc_units': '1',
      'powervm:srr_capability': 'false',
    },
  });
  await migrate(rig, params, wide);
  await rig.driver.finishMigration(
    { ...params, instance: resized(params.instance, wide), migration },
    exampleCall(),
  );
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  const { value } = await session.get(LogicalPartition, rig.partition(params.instance)?.uuid ?? '');
  const shared = value.partitionProcessorConfiguration?.sharedProcessorConfiguration;
  assert.equal(value.partitionMemoryConfiguration?.maximumMemory, 8192);
  assert.equal(shared?.maximumVirtualProcessors, 8);
  assert.equal(value.simplifiedRemoteRestartCapable, false);
});

test('RSZ-2 a host that knows no remote restart resizes without it', async () => {
  const capabilities = { PowerVMLogicalPartitionSimplifiedRemoteRestartCapable: false };
  await using rig = await Rig.open({ simulator: { site: defaultSite({ capabilities }) } });
  const params = await running(rig);
  const wish = exampleFlavor({ memoryMb: 4096, extraSpecs: { 'powervm:srr_capability': 'true' } });
  await migrate(rig, params, wish);
  await rig.driver.finishMigration(
    { ...params, instance: resized(params.instance, wish), migration },
    exampleCall(),
  );
  assert.equal(rig.partition(params.instance)?.memoryMb, 4096);
});

test('MIG-8 B-3 a server that boots from a volume has no disk to make larger', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const blockDevices = { ...params.blockDevices, bootFromVolume: true };
  await migrate(rig, { ...params, blockDevices }, large);
  assert.deepEqual(bootSizes(rig), [1]);
});

test('MIG-7 a root disk that is not there ends a resize with what is missing, and the guest runs on', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const other = { ...params, instance: exampleInstance({ ...params.instance, name: 'renamed' }) };
  await assert.rejects(
    migrate(rig, other, large),
    driverError('PVM_RESIZE_REFUSED', params.instance.uuid, 'boot disk was not found'),
  );
  assert.notEqual(rig.partition(params.instance)?.state, 'not activated');
});

test('FLV-10 a resize beyond what the host has free is refused with both figures', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const huge = exampleFlavor({ memoryMb: 1024 * 1024 });
  await migrate(rig, params, huge);
  await assert.rejects(
    rig.driver.finishMigration(
      { ...params, instance: resized(params.instance, huge), migration },
      exampleCall(),
    ),
    driverError('PVM_CAPACITY', '1048576 MB'),
  );
  assert.equal(rig.partition(params.instance)?.memoryMb, 2048);
});

for (const when of ['beforeStep', 'afterStep'] as const)
  test(`MIG-4 FLOW-1 a resize that fails ${when === 'beforeStep' ? 'before' : 'after'} the renaming leaves the guest running under its name`, async () => {
    const hooks: FlowHooks = {
      [when]: (_operation: string, step: string) => {
        if (step === 'rename partition') throw new Error('broken');
      },
    };
    await using rig = await Rig.open({ hooks });
    const params = await running(rig);
    await assert.rejects(migrate(rig, params, large), /broken/);
    assert.equal(rig.partition(params.instance)?.name, params.instance.name);
    assert.notEqual(rig.partition(params.instance)?.state, 'not activated');
  });

test('CONF-1 MIG-7 a console that will not rename the partition fails the resize in its own words', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  rig.simulator.faults.add({
    method: 'POST',
    path: '/rest/api/uom/LogicalPartition/*',
    effect: { kind: 'error', status: 409, message: 'not now' },
  });
  await assert.rejects(migrate(rig, params, small), driverError('PVM_RESIZE_REFUSED', 'renamed', 'not now'));
});
