import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { TestContext } from 'node:test';
import { demonstrationImage, demonstrationNetwork } from '@openstack-powervm/deploy';
import type { MappedStorage } from './support/power-system.js';
import type { Scene } from './support/scene.js';

const name = 'lifecycle';
const managementVlan = 4094;

interface Booted {
  readonly id: string;
  readonly partition: string;
}

async function findBooted(scene: Scene): Promise<Booted> {
  const id = String(await scene.serverField(name, 'id'));
  const partition = await scene.powerSystem.partitionOf(id);
  assert.ok(partition, 'the server has a partition');
  return { id, partition: partition.name };
}

async function partitionState(scene: Scene, { id }: Booted): Promise<string | undefined> {
  return (await scene.powerSystem.partitionOf(id))?.state;
}

function only(storage: readonly MappedStorage[], kind: RegExp): MappedStorage {
  const found = storage.filter((each) => kind.test(each.kind));
  const [first] = found;
  assert.ok(first && found.length === 1, `one mapping of ${kind} in ${JSON.stringify(storage)}`);
  return first;
}

/** A MAC as PowerVM writes it. */
const wireMac = (mac: string) => mac.replaceAll(':', '').toUpperCase();

async function checkPartition(scene: Scene, { id }: Booted): Promise<void> {
  const partition = await scene.powerSystem.partitionOf(id);
  assert.equal(partition?.state, 'running');
  assert.equal(partition?.memoryMb, 512);
  assert.equal(partition?.processors.count, 1);
}

async function checkStorage(scene: Scene, { partition }: Booted): Promise<void> {
  const storage = await scene.powerSystem.storageOf(partition);
  const image = demonstrationImage();
  const disk = only(storage, /^LogicalUnit$/);
  assert.equal(
    await scene.powerSystem.digestOf(disk.udid, image.length),
    createHash('sha256').update(image).digest('hex'),
    'the disk begins with the bytes of the image',
  );
  only(storage, /media|optical/i); // the config drive
}

async function checkNetwork(scene: Scene, { id }: Booted): Promise<void> {
  const [port] = await scene.client.list('port', 'list', '--server', id, '--long');
  assert.equal(port?.['Status'], 'ACTIVE');
  const { adapters = [] } = (await scene.powerSystem.partitionOf(id)) ?? {};
  const adapter = adapters.find(({ mac }) => mac === wireMac(String(port?.['MAC Address'])));
  assert.equal(adapter?.portVlan, demonstrationNetwork.vlan);
  const others = adapters.filter((each) => each !== adapter);
  assert.deepEqual(
    others.map(({ portVlan, switch: name }) => [portVlan, name]),
    [[managementVlan, 'MGMTSWITCH']],
  );
  const { bridges } = await scene.powerSystem.system();
  assert.ok(
    bridges.some(({ vlans }) => vlans.includes(demonstrationNetwork.vlan)),
    'the Shared Ethernet Adapter carries the VLAN',
  );
}

async function reboot(scene: Scene, { id }: Booted, kind: '--soft' | '--hard'): Promise<void> {
  const before = await scene.powerSystem.partitionOf(id);
  await scene.client.run('server', 'reboot', kind, '--wait', name);
  assert.equal(await scene.serverField(name, 'status'), 'ACTIVE');
  const after = await scene.powerSystem.partitionOf(id);
  assert.equal(after?.state, 'running');
  assert.ok(
    (after.activatedAt ?? 0) > (before?.activatedAt ?? Number.POSITIVE_INFINITY),
    'it was powered on anew',
  );
}

async function reach(scene: Scene, status: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while ((await scene.serverField(name, 'status')) !== status) {
    assert.ok(Date.now() < deadline, `the server did not become ${status}`);
  }
}

/** One server from its creation to its end, each time looked at from both sides. */
export async function lifecycle(t: TestContext, scene: Scene): Promise<void> {
  await scene.leavingNothing(async () => {
    await t.test('a server is created: partition, disk with the image, config drive, network', async () => {
      const { code, complaint } = await scene.boot(name);
      assert.equal(code, 0, complaint);
      assert.equal(await scene.serverField(name, 'status'), 'ACTIVE');
      const booted = await findBooted(scene);
      await checkPartition(scene, booted);
      await checkStorage(scene, booted);
      await checkNetwork(scene, booted);
    });
    const booted = await findBooted(scene);
    await t.test('it is listed, and the hypervisor counts it', async () => {
      const servers = await scene.client.list('server', 'list');
      assert.equal(servers.find((server) => server['Name'] === name)?.['Status'], 'ACTIVE');
      const [hypervisor] = await scene.client.list('hypervisor', 'list');
      assert.equal(hypervisor?.['State'], 'up');
      assert.equal(hypervisor?.['Hypervisor Type'], 'phyp');
    });
    await t.test('it is stopped: the partition is off', async () => {
      await scene.client.run('server', 'stop', name);
      await reach(scene, 'SHUTOFF');
      assert.equal(await partitionState(scene, booted), 'not activated');
    });
    await t.test('it is started: the partition runs again, with the same storage', async () => {
      await scene.client.run('server', 'start', name);
      await reach(scene, 'ACTIVE');
      await checkPartition(scene, booted);
      await checkStorage(scene, booted);
    });
    await t.test('it is rebooted softly', () => reboot(scene, booted, '--soft'));
    await t.test('it is rebooted hard', () => reboot(scene, booted, '--hard'));
    await t.test('it is deleted: the partition is gone', async () => {
      await scene.remove(name);
      assert.equal(await scene.powerSystem.partitionOf(booted.id), undefined);
    });
  });
}
