import type { Behaviour } from '../world/behaviour.js';
import { powerOn } from '../world/power.js';
import type { JobKind } from './job-kind.js';
import { partitionOf } from './power-jobs.js';

export const currentProfileBehaviours: readonly Behaviour[] = [
  {
    id: 'job.current-profile',
    does: 'ActivateCurrentProfile starts a partition with the configuration that it has, like PowerOn without parameters',
    assumed:
      'capture job_response_completed_ok.txt has the job and its result; what it starts with is not recorded',
  },
];

/** Capture job_response_completed_ok.txt: of an HMC, without parameters. */
export const currentProfileJob: JobKind = {
  group: 'LogicalPartition',
  operation: 'ActivateCurrentProfile',
  of: 'object',
  only: 'HMC',
  parameters: {},
  run: async (run) => {
    await powerOn(run.world, partitionOf(run), {});
    return {};
  },
};
