import { requireSettled } from '../world/migration/migration.js';
import { conflict, invalid } from '../world/refusal.js';
import type { JobKind } from './job-kind.js';
import { partitionOf } from './power-jobs.js';

/** A licence key of IBM i (protocol reference 4.3). */
export const addLicenseJob: JobKind = {
  group: 'LogicalPartition',
  operation: 'AddLicense',
  of: 'object',
  parameters: { licKey: 'any' },
  run: async (run) => {
    const partition = partitionOf(run);
    requireSettled(partition);
    if (partition.type !== 'OS400')
      throw conflict(`Partition ${partition.name} takes no licence: it is ${partition.type}.`);
    if ((run.parameters.get('licKey') ?? '') === '') throw invalid('Parameter licKey is missing.');
    return {};
  },
};
