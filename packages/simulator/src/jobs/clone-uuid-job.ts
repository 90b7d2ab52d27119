import type { Behaviour } from '../world/behaviour.js';
import { takeOverUuid } from '../world/partition-lifecycle.js';
import { invalid, notFound } from '../world/refusal.js';
import type { JobKind } from './job-kind.js';
import { partitionOf } from './power-jobs.js';

export const cloneUuidBehaviours: readonly Behaviour[] = [
  {
    id: 'job.clone-uuid',
    does: 'CloneUUID deletes its target, which must be off, and gives its UUID to the partition named targetLparName',
    evidence: 'protocol reference 4.3; that both must be off is assumed',
  },
];

/** Protocol reference 4.3. */
export const cloneUuidJob: JobKind = {
  group: 'LogicalPartition',
  operation: 'CloneUUID',
  of: 'object',
  parameters: { targetLparName: 'any' },
  run: async (run) => {
    const original = partitionOf(run);
    if (original.kind !== 'LogicalPartition') throw invalid(`${original.name} is a VIOS.`);
    const name = run.parameters.get('targetLparName') ?? '';
    const surrogate = original.system.partitions.find((partition) => partition.name === name);
    if (surrogate === undefined) throw notFound(`There is no partition named ${name}.`);
    takeOverUuid(run.world, surrogate, original);
    return {};
  },
};
