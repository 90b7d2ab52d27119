import { adminRoutes } from './admin/admin-routes.js';
import type { Console } from './console/console.js';
import { eventRoutes } from './events/event-routes.js';
import { fileRoutes } from './files/file-routes.js';
import { type Route, RouteTable } from './http/route-table.js';
import { allJobs } from './jobs/all-jobs.js';
import { jobRoutes } from './jobs/job-routes.js';
import { pcmRoutes } from './pcm/pcm-routes.js';
import { allResourceRoutes } from './resources/index.js';
import { logonRoutes } from './sessions/logon.js';

/** Everything that a console answers. */
export function routeTable(consoles: () => readonly Console[]): RouteTable {
  const routes: Route[] = [
    ...logonRoutes,
    ...fileRoutes,
    ...eventRoutes,
    ...jobRoutes(allJobs),
    ...pcmRoutes,
    ...allResourceRoutes(),
    ...adminRoutes(() => routes, consoles),
  ];
  return new RouteTable(routes);
}
