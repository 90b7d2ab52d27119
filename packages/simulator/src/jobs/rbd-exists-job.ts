import { invalid } from '../world/refusal.js';
import type { JobKind } from './job-kind.js';
import { viosOfJob } from './vios-of-job.js';

/** Protocol reference 4.3: asks a NovaLink partition that hosts I/O whether it reaches an image. */
export const rbdExistsJob: JobKind = {
  group: 'VirtualIOServer',
  operation: 'RBDExists',
  of: 'object',
  parameters: { name: 'any' },
  run: async (run) => {
    const vios = viosOfJob(run);
    const name = run.parameters.get('name');
    if (name === undefined) throw invalid('Parameter name is missing.');
    if (!vios.isManagement)
      throw invalid(`VIOS ${vios.name} knows no RBD images: only a NovaLink partition does.`);
    const exists = vios.backingObjects.some((object) => object.type === 'RBD' && object.name === name);
    return { exists: String(exists) };
  },
};
