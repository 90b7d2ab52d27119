import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '@openstack-powervm/simulator';
import type { Instance } from '../contract/index.js';
import { driverError } from '../testing/expect.js';
import { exampleInstance } from '../testing/nova.js';
import { exampleCall, Rig, type RigOptions } from '../testing/rig.js';

const MB = 1024 * 1024;

/** An instance that runs; its guest has RMC or not. */
async function running(
  rmc: 'active' | 'never',
  options: RigOptions = {},
  systemMetadata: Instance['systemMetadata'] = {},
): Promise<{ rig: Rig; instance: Instance }> {
  const site = { ...defaultSite(), guests: { rmc } };
  const rig = await Rig.open({ ...options, simulator: { site } });
  const params = await rig.deployment({
    image: rig.images.add(MB),
    instance: exampleInstance({ systemMetadata }),
  });
  await rig.driver.spawn(params, exampleCall());
  await rig.driver.powerOn({ instance: params.instance, firstBoot: true, configDrive: true }, exampleCall());
  await rig.booted(params.instance, rmc === 'active' ? 'active' : 'inactive');
  rig.requests.length = 0;
  return { rig, instance: params.instance };
}

/** Parameters of the power jobs that were submitted, in order. */
function jobs(rig: Rig): string[] {
  return rig.requests
    .filter(({ method, path }) => method === 'PUT' && /\/do\/Power/.test(path))
    .map(({ path, requestBody = '' }) => {
      const values = [
        ...requestBody.matchAll(/ParameterName[^>]*>([^<]*)<[\s\S]*?ParameterValue[^>]*>([^<]*)</g),
      ];
      return [path.split('/').at(-1), ...values.map(([, name, value]) => `${name}=${value}`)].join(' ');
    });
}

test('PWR-4 L-14 timeout 0 is one hard stop', async () => {
  const { rig, instance } = await running('active');
  await using _ = rig;
  await rig.driver.powerOff({ instance, timeout: 0 }, exampleCall());
  assert.deepEqual(jobs(rig), ['PowerOff operation=shutdown immediate=true']);
  assert.equal(rig.partition(instance)?.state, 'not activated');
});

test('PWR-5 with RMC the operating system is asked first', async () => {
  const { rig, instance } = await running('active');
  await using _ = rig;
  await rig.driver.powerOff({ instance, timeout: 60 }, exampleCall());
  assert.deepEqual(jobs(rig), ['PowerOff operation=osshutdown immediate=true']);
});

test('PWR-5 without RMC the power button comes first', async () => {
  const { rig, instance } = await running('never');
  await using _ = rig;
  await rig.driver.powerOff({ instance, timeout: 60 }, exampleCall());
  assert.deepEqual(jobs(rig), ['PowerOff operation=shutdown']);
});

test('PWR-5 each failure leads to the next step, and in the end to the hard stop', async () => {
  const { rig, instance } = await running('active');
  await using _ = rig;
  rig.simulator.faults.add({ job: 'PowerOff', count: 2, effect: { kind: 'job-failure' } });
  await rig.driver.powerOff({ instance, timeout: 60 }, exampleCall());
  assert.deepEqual(jobs(rig), [
    'PowerOff operation=osshutdown immediate=true',
    'PowerOff operation=shutdown',
    'PowerOff operation=shutdown immediate=true',
  ]);
  assert.equal(rig.partition(instance)?.state, 'not activated');
});

test('PWR-6 IBMI-5 an IBM i is asked twice, then gets the power button and the hard stop, with or without RMC', async () => {
  const { rig, instance } = await running('never', {}, { image_os_distro: 'ibmi' });
  await using _ = rig;
  rig.simulator.faults.add({ job: 'PowerOff', count: 3, effect: { kind: 'job-failure' } });
  await rig.driver.powerOff({ instance, timeout: 60 }, exampleCall());
  assert.deepEqual(jobs(rig), [
    'PowerOff operation=osshutdown',
    'PowerOff operation=osshutdown immediate=true',
    'PowerOff operation=shutdown',
    'PowerOff operation=shutdown immediate=true',
  ]);
  assert.equal(rig.partition(instance)?.state, 'not activated');
});

test('PWR-7 L-16 a stop that fails altogether is a power-off failure with the reason of the platform', async () => {
  const { rig, instance } = await running('never');
  await using _ = rig;
  rig.simulator.faults.add({ job: 'PowerOff', effect: { kind: 'job-failure', message: 'HSCL0000 stuck' } });
  await assert.rejects(
    rig.driver.powerOff({ instance, timeout: 0 }, exampleCall()),
    driverError('PVM_POWER_OFF_FAILED', 'HSCL0000 stuck', instance.name),
  );
});

test('PWR-2 PWR-3 starting what runs and stopping what is off do nothing', async () => {
  const { rig, instance } = await running('active');
  await using _ = rig;
  await rig.driver.powerOn({ instance, firstBoot: false, configDrive: true }, exampleCall());
  assert.deepEqual(jobs(rig), []);
  await rig.driver.powerOff({ instance, timeout: 0 }, exampleCall());
  rig.requests.length = 0;
  await rig.driver.powerOff({ instance, timeout: 60 }, exampleCall());
  assert.deepEqual(jobs(rig), []);
});

test('PWR-7 power actions on an instance without partition are InstanceNotFound', async () => {
  await using rig = await Rig.open();
  const instance = exampleInstance();
  const missing = driverError('PVM_INSTANCE_NOT_FOUND', instance.uuid);
  await assert.rejects(rig.driver.powerOff({ instance, timeout: 0 }, exampleCall()), missing);
  await assert.rejects(
    rig.driver.powerOn({ instance, firstBoot: false, configDrive: false }, exampleCall()),
    missing,
  );
  await assert.rejects(rig.driver.getInfo({ uuid: instance.uuid }, exampleCall()), missing);
});

test('PWR-7 B-36 a partition that the console will not show makes a power-off or power-on failure too', async () => {
  const { rig, instance } = await running('active');
  await using _ = rig;
  rig.simulator.faults.add({
    method: 'GET',
    path: '/rest/api/uom/LogicalPartition/*',
    effect: { kind: 'error', status: 500, message: 'try later' },
  });
  await assert.rejects(
    rig.driver.powerOff({ instance, timeout: 0 }, exampleCall()),
    driverError('PVM_POWER_OFF_FAILED', instance.name, 'try later'),
  );
  await assert.rejects(
    rig.driver.powerOn({ instance, firstBoot: false, configDrive: false }, exampleCall()),
    driverError('PVM_POWER_ON_FAILED', instance.name, 'try later'),
  );
});

test('RB-2 a restart without partition is a reboot failure', async () => {
  await using rig = await Rig.open();
  await assert.rejects(
    rig.driver.reboot({ instance: exampleInstance(), type: 'HARD' }, exampleCall()),
    driverError('PVM_REBOOT_FAILED'),
  );
});

test('JOB-3 L-12 B-36 a start waits for the end of its job: one that fails is a power-on failure with the reason of the platform', async () => {
  const { rig, instance } = await running('active');
  await using _ = rig;
  await rig.driver.powerOff({ instance, timeout: 0 }, exampleCall());
  rig.simulator.faults.add({ job: 'PowerOn', effect: { kind: 'job-failure', message: 'HSCL1111 no boot' } });
  await assert.rejects(
    rig.driver.powerOn({ instance, firstBoot: false, configDrive: false }, exampleCall()),
    driverError('PVM_POWER_ON_FAILED', 'HSCL1111 no boot'),
  );
});

test('RB-1 A05 A06 L-17 a restart is one job, hard or progressive; a stopped partition is started', async () => {
  const { rig, instance } = await running('active');
  await using _ = rig;
  await rig.driver.reboot({ instance, type: 'HARD' }, exampleCall());
  await rig.booted(instance);
  await rig.driver.reboot({ instance, type: 'SOFT' }, exampleCall());
  await rig.driver.powerOff({ instance, timeout: 0 }, exampleCall());
  await rig.driver.reboot({ instance, type: 'SOFT' }, exampleCall());
  assert.deepEqual(jobs(rig), [
    'PowerOff operation=shutdown immediate=true restart=true',
    'PowerOff operation=osshutdown immediate=true restart=true',
    'PowerOff operation=shutdown immediate=true',
    'PowerOn',
  ]);
  assert.equal((await rig.driver.getInfo({ uuid: instance.uuid }, exampleCall())).state, 1);
});

test('PWR-1 A04 L-13 concurrent power actions of one instance come one after the other', async () => {
  const { rig, instance } = await running('active');
  await using _ = rig;
  await Promise.all([
    rig.driver.powerOff({ instance, timeout: 0 }, exampleCall()),
    rig.driver.powerOn({ instance, firstBoot: false, configDrive: false }, exampleCall()),
    rig.driver.powerOff({ instance, timeout: 0 }, exampleCall()),
  ]);
  assert.deepEqual(jobs(rig), [
    'PowerOff operation=shutdown immediate=true',
    'PowerOn',
    'PowerOff operation=shutdown immediate=true',
  ]);
  assert.equal(rig.partition(instance)?.state, 'not activated');
});

test('SPAWN-13 the config drive is ejected after the first boot only if the operator wants it', async () => {
  const options = { remove_vopt_media_on_boot: true, remove_vopt_media_time: 5 };
  const { rig, instance } = await running('active', { options });
  await using _ = rig;
  const start = (firstBoot: boolean) =>
    rig.driver.powerOn({ instance, firstBoot, configDrive: true }, exampleCall());
  await rig.driver.powerOff({ instance, timeout: 0 }, exampleCall());
  await start(true);
  await rig.driver.powerOff({ instance, timeout: 0 }, exampleCall());
  await start(false);
  const started = jobs(rig).filter((job) => job.startsWith('PowerOn'));
  assert.match(started[0] ?? '', /^PowerOn remove_optical_name=cfg_[0-9a-f]+\.iso remove_optical_time=5$/);
  assert.equal(started[1], 'PowerOn');
});
