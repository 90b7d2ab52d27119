import assert from 'node:assert/strict';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { demonstrationNetwork } from '@openstack-powervm/deploy';
import type { Scene } from './support/scene.js';

const size = ['--ram', '512', '--disk', '1', '--vcpus', '1'];

/** The fault that Nova shows for a server: one sentence for a person, without a stack of calls. */
async function faultOf(scene: Scene, name: string): Promise<string> {
  const fault = await scene.serverField(name, 'fault');
  assert.ok(typeof fault === 'object' && fault !== null && 'message' in fault, 'the server has a fault');
  const message = String(fault.message);
  assert.doesNotMatch(message, /Traceback|\n/);
  // Nova cuts a fault off at 255 characters.
  assert.ok(message.length < 255, message);
  return message;
}

/** The last version of Nova's API that takes any flavor key; later ones ask our validator. */
const unchecked = ['--os-compute-api-version', '2.85'];

/** Nova's API refuses a `powervm:` key or value that the driver would not take, by its name. */
export async function refusedFlavorKey(scene: Scene, property: string, expected: RegExp): Promise<void> {
  const name = 'refused-flavor';
  await scene.client.run('flavor', 'create', ...size, name);
  try {
    const { complaint } = await scene.client.try('flavor', 'set', '--property', property, name);
    assert.match(complaint, expected);
    assert.deepEqual((await scene.client.show('flavor', 'show', name))['properties'], {});
  } finally {
    await scene.client.run('flavor', 'delete', name);
  }
}

/** A flavor with a `powervm:` key that the driver does not take: the server's fault names it. */
export async function badFlavorKey(scene: Scene, property: string, expected: RegExp): Promise<void> {
  const name = 'bad-flavor';
  await scene.client.run(...unchecked, 'flavor', 'create', ...size, '--property', property, name);
  try {
    await scene.boot(name, name);
    assert.equal(await scene.serverField(name, 'status'), 'ERROR');
    assert.match(await faultOf(scene, name), expected);
  } finally {
    await scene.remove(name);
    await scene.client.run('flavor', 'delete', name);
  }
}

/** An image of one byte more than the flavor's disk: Nova refuses the request itself. */
export async function imageTooLarge(scene: Scene): Promise<void> {
  const name = 'too-large';
  const file = join(scene.deployment.paths.data, `${name}.raw`);
  const sparse = await open(file, 'w');
  await sparse.truncate(2 ** 30 + 1);
  await sparse.close();
  try {
    const format = ['--disk-format', 'raw', '--container-format', 'bare'];
    await scene.client.run('image', 'create', ...format, '--file', file, name);
    const { code, complaint } = await scene.client.try(
      ...['server', 'create', '--image', name, '--flavor', 'powervm.tiny'],
      ...['--network', demonstrationNetwork.name, name],
    );
    assert.notEqual(code, 0);
    assert.match(complaint, /Flavor's disk is too small for requested image/);
    await scene.client.run('image', 'delete', name);
  } finally {
    await rm(file);
  }
}
