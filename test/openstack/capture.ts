import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Scene } from './support/scene.js';

const name = 'captured';
const imageName = 'capture';
const gigabyte = 1024 ** 3;

/** Bytes of a whole disk go through the simulator, the daemon and Glance, milliseconds. */
const limitMs = 420_000;
const pauseMs = 1000;

async function until(what: string, reached: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await reached())) {
    assert.ok(Date.now() < deadline, `${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

const untilServer = (scene: Scene, status: string) =>
  until(`status ${status}`, async () => (await scene.serverField(name, 'status')) === status);

/** SHA-512, as Glance keeps it, of the server's disk. */
async function diskDigest(scene: Scene): Promise<string> {
  const partition = await scene.powerSystem.partitionOf(String(await scene.serverField(name, 'id')));
  const storage = await scene.powerSystem.storageOf(partition?.name ?? '');
  const disk = storage.find(({ kind }) => kind === 'LogicalUnit');
  assert.ok(disk, 'the server has a disk');
  return scene.powerSystem.digestOf(disk.udid, gigabyte, 'sha512');
}

/** A snapshot is a Glance image with the bytes of the disk. */
async function capture(scene: Scene): Promise<void> {
  const before = await scene.powerSystem.traces();
  await scene.client.run('server', 'image', 'create', '--name', imageName, name);
  const image = () => scene.client.show('image', 'show', imageName);
  await until('the image', async () => (await image())['status'] !== 'queued' && !(await busy(scene)));
  const found = await image();
  const properties: Record<string, unknown> = Object(found['properties']);
  assert.equal(found['status'], 'active');
  assert.equal(found['size'], gigabyte);
  assert.equal(found['disk_format'], 'raw');
  assert.equal(properties['os_hash_value'], await diskDigest(scene));
  assert.equal(properties['image_location'], 'snapshot');
  assert.deepEqual(await scene.powerSystem.traces(), before);
}

/** Nova works on the server. */
async function busy(scene: Scene): Promise<boolean> {
  return (await scene.serverField(name, 'OS-EXT-STS:task_state')) !== null;
}

/** Capture, shelving and unshelving through Nova: disks keep their bytes, NovaLink has no device more than before. */
export async function captures(t: TestContext, scene: Scene): Promise<void> {
  await scene.leavingNothing(async () => {
    const { code, complaint } = await scene.boot(name);
    assert.equal(code, 0, complaint);
    await t.test('A16 SNAP-6 a snapshot has the bytes of the disk', () => capture(scene));
    const digest = await diskDigest(scene);
    await t.test('A17 SHEL-1 a shelved server leaves the host', async () => {
      await scene.client.run('server', 'shelve', name);
      await untilServer(scene, 'SHELVED_OFFLOADED');
      const id = String(await scene.serverField(name, 'id'));
      assert.equal(await scene.powerSystem.partitionOf(id), undefined);
    });
    await t.test('A17 SHEL-2 unshelved it has its disk again', async () => {
      await scene.client.run('server', 'unshelve', name);
      await untilServer(scene, 'ACTIVE');
      assert.equal(await diskDigest(scene), digest);
    });
    await scene.remove(name);
    await scene.client.run('image', 'delete', imageName);
  });
}
