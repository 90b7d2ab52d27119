import { after, test } from 'node:test';
import { chosenFlows, isCampaign } from './selection.js';
import { severalAtOnce } from './several-at-once.js';
import { tallyLine } from './tally.js';
import { runWithFault, runWithoutFault, type Trial } from './trial.js';

const failing = (when: 'beforeStep' | 'afterStep', operation: string, step: string) => (trial: Trial) => {
  trial.hooks = {
    [when]: (running: string, name: string) => {
      if (running === operation && name === step) throw new Error('broken');
    },
  };
};

for (const flow of chosenFlows)
  test(`FLOW-1 ${flow.title}: every step of it fails once, before and after its effect`, async () => {
    const reference = await runWithoutFault(flow);
    for (const step of reference.steps)
      await severalAtOnce(['beforeStep', 'afterStep'] as const, async (when) => {
        const fault = { flow, reference, where: `${when} "${step}"`, kind: 'broken' };
        await runWithFault(fault, failing(when, flow.operation, step));
      });
  });

after(() => {
  if (isCampaign) console.log(`steps: ${tallyLine()}`);
});
