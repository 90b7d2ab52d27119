import assert from 'node:assert/strict';
import { test } from 'node:test';
import { driverError } from '../testing/expect.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';

const MB = 1024 * 1024;

async function running(rig: Rig) {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  await rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall());
  await rig.booted(params.instance);
  return params;
}

test('A22 a crash dump is one dump-and-restart job of a running guest', async () => {
  await using rig = await Rig.open();
  const { instance } = await running(rig);
  rig.requests.length = 0;
  await rig.driver.triggerCrashDump({ instance }, exampleCall());
  const [job] = rig.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/do/PowerOff'));
  assert.match(job?.requestBody ?? '', /operation[\s\S]*dumprestart/);
});

test('A22 a guest that is off cannot dump', async () => {
  await using rig = await Rig.open();
  const { instance } = await running(rig);
  await rig.driver.powerOff({ instance, timeout: 0 }, exampleCall());
  await assert.rejects(
    rig.driver.triggerCrashDump({ instance }, exampleCall()),
    driverError('PVM_NOT_RUNNING', 'not activated'),
  );
});

test('HOST-9 HOST-10 disks in a volume group are not shared between hosts', async () => {
  await using rig = await Rig.open();
  const { instance } = await running(rig);
  assert.equal(await rig.driver.checkSharedStorageLocal({ instance }, exampleCall()), null);
  assert.equal(
    await rig.driver.checkSharedStorageRemote({ data: { driver: 'ssp', id: 'x' } }, exampleCall()),
    false,
  );
  assert.equal(await rig.driver.instanceOnDisk({ instance }, exampleCall()), false);
});

test('CONF-4 DRIFT-20 the clean-up after a move removes disks, and a partition that is gone is success', async () => {
  await using rig = await Rig.open();
  const params = await running(rig);
  const cleanup = { ...removalOf(params), destroyVifs: false };
  await rig.driver.cleanup(cleanup, exampleCall());
  await rig.driver.cleanup(cleanup, exampleCall());
  assert.equal(rig.partition(params.instance), undefined);
});
