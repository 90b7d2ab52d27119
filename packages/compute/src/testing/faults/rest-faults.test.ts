import { after, test } from 'node:test';
import { faultKinds } from './kinds.js';
import { chosenFlows, chosenKinds, isCampaign } from './selection.js';
import { severalAtOnce } from './several-at-once.js';
import { tallyLine } from './tally.js';
import { runWithFault, runWithoutFault } from './trial.js';

for (const flow of chosenFlows)
  test(`${flow.title}: every request of it fails once in each way`, async (t) => {
    const reference = await runWithoutFault(flow);
    for (const kind of chosenKinds)
      await t.test(kind, async () => {
        const effect = faultKinds[kind] ?? { kind: 'vios-busy' };
        await severalAtOnce(reference.points, async (point) => {
          const where = `${kind} at ${point.method} ${point.path} #${point.skip}`;
          await runWithFault({ flow, reference, where, kind }, ({ rig }) => {
            rig.simulator.faults.add({ ...point, count: 1, effect });
          });
        });
      });
  });

after(() => {
  if (isCampaign) console.log(`requests: ${tallyLine()}`);
});
