import type { Behaviour } from '../world/behaviour.js';
import { allPartitions } from '../world/managed-system.js';
import { isOff } from '../world/partition.js';
import { notFound } from '../world/refusal.js';
import type { JobKind } from './job-kind.js';

export const placementBehaviours: readonly Behaviour[] = [
  {
    id: 'job.dpo',
    does: 'every partition that is on has the affinity score 100',
    assumed: 'the simulated system has no processor placement',
  },
];

/** Affinity scores of the dynamic platform optimizer (protocol reference 4.8). */
export const placementJob: JobKind = {
  group: 'ManagedSystem',
  operation: 'GetDPOStatus',
  of: 'object',
  parameters: {},
  run: async ({ console, target }) => {
    const system = console.systems.find((candidate) => candidate.uuid === target.toLowerCase());
    if (system === undefined) throw notFound(`There is no managed system ${target}.`);
    const scores = allPartitions(system)
      .filter((partition) => !isOff(partition))
      .map(({ id, name }) => ({ LPAR_ID: id, LPAR_NAME: name, CURRENT_AFFINITY_SCORE: 100 }));
    return { result: JSON.stringify(scores) };
  },
};
