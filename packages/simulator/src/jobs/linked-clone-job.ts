import { clustersOf } from '../resources/cluster.js';
import { linkUnit } from '../world/logical-unit-lifecycle.js';
import { invalid, notFound } from '../world/refusal.js';
import type { JobKind, JobRun } from './job-kind.js';

/** IBM's HMC REST API documentation (LULinkedClone_Cluster): two UDIDs, and no results besides the status. */
export const linkedCloneJob: JobKind = {
  group: 'Cluster',
  operation: 'LULinkedClone',
  of: 'object',
  templateOfType: true,
  parameters: { SourceUDID: 'any', DestinationUDID: 'any' },
  run: async (run) => {
    const cluster = clustersOf(run.console).find(({ uuid }) => uuid === run.target);
    if (cluster === undefined) throw notFound(`There is no cluster ${run.target}.`);
    linkUnit(run.world, cluster.pool, udid(run, 'SourceUDID'), udid(run, 'DestinationUDID'));
    return {};
  },
};

function udid({ parameters }: JobRun, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw invalid(`Parameter ${name} is missing.`);
  return value;
}
