import { removeDevice } from '../world/lun-discovery.js';
import { invalid } from '../world/refusal.js';
import type { JobKind } from './job-kind.js';
import { viosOfJob } from './vios-of-job.js';

/** Protocol reference 4.3: NovaLink only. */
export const removeDeviceJob: JobKind = {
  group: 'VirtualIOServer',
  operation: 'RemoveDevice',
  of: 'object',
  only: 'NovaLink',
  parameters: { devName: 'any' },
  run: async (run) => {
    const name = run.parameters.get('devName');
    if (name === undefined) throw invalid('Parameter devName is missing.');
    removeDevice(run.world, viosOfJob(run), name);
    return {};
  },
};
