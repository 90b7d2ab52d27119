import type { Behaviour } from '../world/behaviour.js';
import { powerOff, powerOn } from '../world/power.js';
import { conflict } from '../world/refusal.js';
import type { JobKind } from './job-kind.js';
import { partitionOf } from './power-jobs.js';

export const panelBehaviours: readonly Behaviour[] = [
  {
    id: 'job.panel',
    does: 'operator panel functions need a running IBM i partition; dumprestart restarts it, the others change nothing',
    assumed: 'protocol reference 4.3 has the names; what a simulation can show of them is little',
  },
];

/** The operator panel of an IBM i partition (protocol reference 4.3). */
export const panelFunctionJob: JobKind = {
  group: 'LogicalPartition',
  operation: 'PanelFunction',
  of: 'object',
  parameters: {
    operation: [
      'dumprestart',
      'dston',
      'retrydump',
      'remotedstoff',
      'remotedston',
      'iopreset',
      'iopdump',
      'consoleservice',
    ],
  },
  run: async (run) => {
    const partition = partitionOf(run);
    if (partition.type !== 'OS400')
      throw conflict(`Partition ${partition.name} has no operator panel: it is ${partition.type}.`);
    if (partition.state !== 'running') throw conflict(`Partition ${partition.name} is ${partition.state}.`);
    if (run.parameters.get('operation') === 'dumprestart') {
      await powerOff(run.world, partition, { operation: 'dumprestart', immediate: true });
      await powerOn(run.world, partition, {});
    }
    return {};
  },
};
