import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DriverError } from '../errors/index.js';
import { exampleCall, Rig } from '../testing/rig.js';

test('FLOW-2 a console that goes away in the middle of a deployment and comes back keeps nothing of it', async () => {
  const cut = async (_operation: string, step: string): Promise<void> => {
    const effect = { kind: 'reset', when: 'before' } as const;
    if (step === 'create partition') rig.simulator.faults.add({ path: '/rest/*', effect });
  };
  const clock = { now: () => performance.now(), sleep: async () => {} };
  await using rig = await Rig.open({ clock, hooks: { afterStep: cut } });
  const before = rig.inventory();
  const params = await rig.deployment({ image: rig.images.add(1024 * 1024) });
  const failed = assert.rejects(rig.driver.spawn(params, exampleCall()), DriverError);
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  while (!rig.requests.some(({ error }) => error !== undefined)) await pause(5);
  // Long enough for the undo to find nobody, too.
  await pause(500);
  rig.simulator.faults.clear();
  await failed;
  assert.deepEqual(rig.inventory(), before);
});
