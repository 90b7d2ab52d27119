import { allJobs } from '../jobs/all-jobs.js';
import { routeTable } from '../routes.js';
import type { FaultTargets } from './rule-problems.js';

/** The routes and jobs that every console has. */
export function faultTargets(): FaultTargets {
  return {
    routes: routeTable(() => []).routes,
    jobs: allJobs,
  };
}
