import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { demonstrationNetwork, directNetwork, imageName } from '@openstack-powervm/deploy';
import type { Scene } from './support/scene.js';
import { killAndRestart } from './support/services.js';

const portName = 'direct-port';
const secondPort = 'second-direct-port';

async function createDirectPort(scene: Scene, name: string, ...more: string[]): Promise<string> {
  const words = ['port', 'create', '--network', directNetwork.name, '--vnic-type', 'direct', ...more, name];
  return String((await scene.client.show(...words))['id']);
}

/** Creates a server with a port of each kind; the command returns when it is ACTIVE or failed. */
async function bootWithTwo(scene: Scene, name: string, direct: string) {
  return scene.client.try(
    ...['server', 'create', '--image', imageName, '--flavor', 'powervm.tiny', '--wait'],
    ...['--network', demonstrationNetwork.name, '--port', direct, name],
  );
}

async function partitionOf(scene: Scene, name: string) {
  const partition = await scene.powerSystem.partitionOf(String(await scene.serverField(name, 'id')));
  assert.ok(partition, 'the server has a partition');
  return partition;
}

async function checkPorts(scene: Scene, name: string, count: number): Promise<void> {
  const id = String(await scene.serverField(name, 'id'));
  const ports = await scene.client.list('port', 'list', '--server', id);
  assert.deepEqual(
    ports.map((port) => port['Status']),
    Array(count).fill('ACTIVE'),
  );
}

/** Both NICs from both sides: one adapter on the SEA's VLAN, one vNIC on two SR-IOV ports and two VIOSes. */
async function checkBoth(scene: Scene, name: string, capacity: number): Promise<void> {
  assert.equal(await scene.serverField(name, 'status'), 'ACTIVE');
  await checkPorts(scene, name, 2);
  const { adapters, vnics } = await partitionOf(scene, name);
  assert.ok(adapters.some(({ portVlan }) => portVlan === demonstrationNetwork.vlan));
  const [vnic, ...others] = vnics;
  assert.equal(others.length, 0);
  assert.equal(vnic?.portVlan, directNetwork.vlan);
  const devices = vnic?.devices ?? [];
  assert.deepEqual(devices.map(({ vios }) => vios).toSorted(), ['vios1', 'vios2']);
  assert.deepEqual(devices.map(({ adapterId }) => adapterId).toSorted(), [1, 2]);
  assert.ok(devices.every((device) => device.capacity === capacity));
}

/** A server with a port of each mechanism driver, and agents that are killed while it boots. */
export async function twoKinds(t: TestContext, scene: Scene): Promise<void> {
  await scene.leavingNothing(async () => {
    const name = 'two-kinds';
    const profile = ['--binding-profile', 'capacity=0.06'];
    const direct = await createDirectPort(scene, portName, ...profile);
    await t.test('ML2-7 N03 a server boots with two NICs of different kinds', async () => {
      const { code, complaint } = await bootWithTwo(scene, name, direct);
      assert.equal(code, 0, complaint);
      await checkBoth(scene, name, 6);
    });
    await t.test('N04 a second direct port is plugged while it is stopped, and unplugged', async () => {
      const second = await createDirectPort(scene, secondPort);
      await scene.client.run('server', 'stop', name);
      const isOff = async () => (await scene.serverField(name, 'status')) === 'SHUTOFF';
      await scene.eventually('the server is off', isOff);
      await scene.client.run('server', 'add', 'port', name, second);
      await scene.eventually('two vNICs', async () => (await partitionOf(scene, name)).vnics.length === 2);
      await scene.client.run('server', 'remove', 'port', name, second);
      await scene.eventually('one vNIC', async () => (await partitionOf(scene, name)).vnics.length === 1);
      await scene.client.run('port', 'delete', second);
    });
    await scene.remove(name);
    await scene.client.run('port', 'delete', direct);
  });
  await t.test('both agents are killed while a server boots: its ports converge all the same', () =>
    scene.leavingNothing(async () => {
      const name = 'killed-agents';
      const direct = await createDirectPort(scene, portName);
      const before = (await scene.powerSystem.system()).partitions.length;
      const booting = bootWithTwo(scene, name, direct);
      await scene.eventually(
        'a partition',
        async () => (await scene.powerSystem.system()).partitions.length > before,
      );
      for (const agent of ['sea-agent', 'sriov-agent']) await killAndRestart(scene.deployment, agent);
      const { code, complaint } = await booting;
      assert.equal(code, 0, complaint);
      await checkBoth(scene, name, 2);
      await scene.remove(name);
      await scene.client.run('port', 'delete', direct);
    }),
  );
}
