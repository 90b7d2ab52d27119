import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hmcSite, sizedSite } from '@openstack-powervm/simulator';
import { PowerState } from '../partition/states.js';
import { driverError } from '../testing/expect.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';

const MB = 1024 * 1024;

const credentials = { rest_username: 'pvmadmin', rest_password: 'pvmadmin-simulated' };

test('SPAWN-5 PWR-1 DESTROY-6 a server lives on a system that an HMC manages, and leaves nothing', async () => {
  await using rig = await Rig.open({
    simulator: { site: sizedSite(hmcSite(), { hosts: 1 }) },
    options: credentials,
  });
  const image = rig.images.add(3 * MB);
  const params = await rig.deployment({ image });
  await rig.driver.spawn(params, exampleCall());
  const kept = rig.inventory();
  await rig.driver.powerOn({ ...params, firstBoot: true, configDrive: true }, exampleCall());
  const { state } = await rig.driver.getInfo({ uuid: params.instance.uuid }, exampleCall());
  assert.equal(state, PowerState.RUNNING);
  assert.deepEqual(rig.inventory(), kept);
  assert.equal(rig.mappingsOf(params.instance).length, 2);

  await rig.driver.destroy(removalOf(params), exampleCall());
  const { partitions, mappings, contents, files } = rig.inventory();
  assert.deepEqual(
    { partitions: partitions.includes(params.instance.name), mappings, files },
    {
      partitions: false,
      mappings: [],
      files: [],
    },
  );
  assert.ok(
    contents.every((content) => / (i_|vopt)/.test(content)),
    String(contents),
  );
});

test('INIT-3 an HMC that manages several systems is refused with their number', async () => {
  await using rig = await Rig.open({
    simulator: { site: hmcSite() },
    options: credentials,
    start: false,
  });
  await assert.rejects(
    rig.driver.initHost({}, exampleCall()),
    driverError('PVM_SYSTEM_AMBIGUOUS', 'manages 2 systems'),
  );
});
