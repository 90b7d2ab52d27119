import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '@openstack-powervm/simulator';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';

const MB = 1024 * 1024;
const crowded = defaultSite({
  partitions: { count: 500, mappings: 500 },
  memoryMb: 8 * 1024 * 1024,
  processorUnits: 1000,
});

for (const count of [10, 50])
  test(`SPAWN-17 A26 TX-2 ${count} deployments at once among 500 partitions: one upload, shared writes, no conflict`, async () => {
    await using rig = await Rig.open({ simulator: { site: crowded } });
    const image = rig.images.add(MB);
    const all = await Promise.all(Array.from({ length: count }, () => rig.deployment({ image })));
    rig.requests.length = 0;
    await Promise.all(all.map((params) => rig.driver.spawn(params, exampleCall())));
    for (const { instance } of all) assert.equal(rig.mappingsOf(instance).length, 2);
    assert.equal(rig.images.opened.length, 1);
    const writes = rig.sent('POST').filter((request) => request.includes('ViosSCSIMapping'));
    assert.ok(writes.length < count, `${writes.length} writes of mappings`);
    assert.ok(!rig.requests.some(({ status }) => status === 412));

    await Promise.all(all.map((params) => rig.driver.destroy(removalOf(params), exampleCall())));
    assert.ok(!rig.disks('datavg').some(({ name }) => name.startsWith('b_')));
    assert.equal(rig.media().length, 0);
  });
