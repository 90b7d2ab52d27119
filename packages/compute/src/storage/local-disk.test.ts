import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session, VirtualIOServer } from '@openstack-powervm/rest';
import { systemClock } from '../clock.js';
import { viosFactsOf } from '../host/vios-facts.js';
import { driverError } from '../testing/expect.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';
import { LocalDisk } from './local-disk.js';
import { VolumeGroupHandle } from './volume-group.js';

const MB = 1024 * 1024;

/** The disks of the first VIOS's volume group, over a session of their own. */
async function withDisks(
  rig: Rig,
  work: (disks: LocalDisk, session: Session) => Promise<void>,
): Promise<void> {
  await using session = await Session.open({ endpoint: rig.simulator.url, credentials: { kind: 'local' } });
  const [vios] = await session.list(VirtualIOServer);
  assert.ok(vios);
  const groups = await VolumeGroupHandle.list(session, viosFactsOf(vios), {});
  const group = groups.find(({ name }) => name === 'datavg') ?? assert.fail();
  await work(new LocalDisk(session, group, systemClock), session);
}

test('LVG-3 disks are on one VIOS, and nothing is written to another', async () => {
  await using rig = await Rig.open();
  const params = await rig.deployment({ image: rig.images.add(MB), configDrivePath: null });
  rig.requests.length = 0;
  await rig.driver.spawn(params, exampleCall());
  await rig.driver.destroy(removalOf(params), exampleCall());
  const ids = rig.sent('POST').flatMap((request) => /\/VirtualIOServer\/([^/?]+)/.exec(request)?.[1] ?? []);
  assert.ok(ids.length >= 4);
  assert.equal(new Set(ids).size, 1);
});

test('LVG-4 a disk is made larger, never smaller, also when its name is written as a path; a missing one is named', async () => {
  await using rig = await Rig.open();
  await withDisks(rig, async (disks) => {
    const { instance } = await rig.deployment({ image: rig.images.add(MB) });
    const disk = await disks.createBlank({ kind: 'boot', instance, sizeGb: 2 }, {});
    const { name } = disk.storage;
    const sizeGb = async () => (await disks.find('boot', instance, {}))?.sizeGb;
    await disks.extend({ ...disk, storage: { kind: 'disk', name: `/var/vg/${name}` } }, 3, {});
    assert.equal(await sizeGb(), 3);
    await disks.extend(disk, 1, {});
    assert.equal(await sizeGb(), 3);
    await assert.rejects(
      disks.extend({ ...disk, storage: { kind: 'disk', name: 'gone' } }, 4, {}),
      driverError('PVM_DISK_NOT_FOUND', 'datavg', 'gone'),
    );
  });
});

test('DSK-1 L-55 B-13 what local disks can is told by an object of each driver', async () => {
  await using rig = await Rig.open();
  await withDisks(rig, async (one) => {
    await withDisks(rig, async (other) => {
      assert.deepEqual(one.capabilities, { sharedStorage: false, imageCache: true, capture: false });
      assert.notEqual(one.capabilities, other.capabilities);
    });
  });
});

test('IMG-3 a volume group caches by image id: an image of the same name is another one', async () => {
  await using rig = await Rig.open();
  for (const _ of [1, 2]) {
    const image = rig.images.add(MB, { name: 'rhel', checksum: null });
    await rig.driver.spawn(await rig.deployment({ image }), exampleCall());
    await rig.driver.spawn(await rig.deployment({ image: { ...image, name: 'renamed' } }), exampleCall());
  }
  assert.equal(rig.images.opened.length, 2);
});
