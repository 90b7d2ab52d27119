import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowHooks } from '../flow/index.js';
import { exampleInstance, noDevices } from '../testing/nova.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';
import { destroySteps } from './destroy.js';
import { spawnSteps } from './spawn.js';

const MB = 1024 * 1024;

/** A daemon that is killed at a step: from there on it does nothing any more. */
function killedAt(operation: string, step: string) {
  let reached = (): void => {};
  const dead = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const hooks: FlowHooks = {
    afterStep: async (running, name) => {
      if (running !== operation || name !== step) return;
      reached();
      await new Promise<never>(() => {});
    },
  };
  return { hooks, dead };
}

const leftovers = ({ partitions, mappings, contents, files }: ReturnType<Rig['inventory']>) => ({
  partitions: partitions.filter((name) => name.startsWith('instance-')),
  mappings,
  contents: contents.filter((name) => !name.includes(' i_')),
  files,
});
const nothing = { partitions: [], mappings: [], contents: [], files: [] };

/** IBM i with ephemeral and swap disks: its deployment has every step. */
const everyStep = () => ({
  instance: exampleInstance({ systemMetadata: { image_os_distro: 'ibmi' } }),
  blockDevices: { ...noDevices, ephemerals: [{ deviceName: null, sizeGb: 1 }], swapMb: 1024 },
});

for (const step of spawnSteps)
  test(`L-5 a daemon killed in a deployment after "${step}": after a restart destroy leaves nothing`, async () => {
    const { hooks, dead } = killedAt('spawn', step);
    await using rig = await Rig.open({ hooks });
    const params = await rig.deployment({ image: rig.images.add(MB), ...everyStep() });
    void rig.driver.spawn(params, exampleCall()).catch(() => {});
    await dead;
    await rig.quiet();
    await using restarted = await rig.restart();
    await restarted.driver.destroy(removalOf(params), exampleCall());
    assert.deepEqual(leftovers(restarted.inventory()), nothing);
  });

for (const step of destroySteps)
  test(`L-5 a daemon killed in a removal after "${step}": the removal is repeated and leaves nothing`, async () => {
    const { hooks, dead } = killedAt('destroy', step);
    await using rig = await Rig.open({ hooks });
    const params = await rig.deployment({ image: rig.images.add(MB) });
    await rig.driver.spawn(params, exampleCall());
    void rig.driver.destroy(removalOf(params), exampleCall()).catch(() => {});
    await dead;
    await rig.quiet();
    await using restarted = await rig.restart();
    await restarted.driver.destroy(removalOf(params), exampleCall());
    assert.deepEqual(leftovers(restarted.inventory()), nothing);
  });

test('L-5 a deployment that a killed daemon has left half done can be made again after its removal', async () => {
  const { hooks, dead } = killedAt('spawn', 'map disks');
  await using rig = await Rig.open({ hooks });
  const params = await rig.deployment({ image: rig.images.add(MB) });
  void rig.driver.spawn(params, exampleCall()).catch(() => {});
  await dead;
  await using restarted = await rig.restart();
  await restarted.driver.destroy(removalOf(params), exampleCall());
  await restarted.driver.spawn(params, exampleCall());
  assert.equal(restarted.mappingsOf(params.instance).length, 2);
});
