import type { RequestCosts } from '../site/latency.js';
import type { Behaviour } from '../world/behaviour.js';
import type { ManagedSystem } from '../world/managed-system.js';

export const latencyBehaviours: readonly Behaviour[] = [
  {
    id: 'latency.assumed-novalink',
    does: 'reads, writes and mappings take time that grows with attribute groups, partitions and mappings',
    assumed:
      'nobody has published durations of a real console; every number is a guess at the order of magnitude',
  },
];

/** What decides how long a request takes. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Logon, events and contents of files have their own pace. */
export function latencyOf(
  costs: RequestCosts,
  systems: readonly ManagedSystem[],
  request: RequestFacts,
): number {
  if (!request.path.startsWith('/rest/api/uom/') || request.path.endsWith('/Event')) return 0;
  if (request.path.includes('/quick')) return costs.quick;
  const base = request.method === 'GET' ? costs.read : costs.write;
  return base + costs.perObject * objectsIn(systems, request.path) + viosCost(costs, systems, request);
}

function objectsIn(systems: readonly ManagedSystem[], path: string): number {
  if (!path.endsWith('/LogicalPartition')) return 1;
  return systems.reduce((sum, system) => sum + system.partitions.size, 0);
}

function viosCost(costs: RequestCosts, systems: readonly ManagedSystem[], request: RequestFacts): number {
  const match = /\/VirtualIOServer(?:\/([^/]+))?$/.exec(request.path);
  const groups = (request.query.get('group') ?? 'None').split(',').filter((name) => name !== 'None');
  if (match === null || groups.length === 0) return 0;
  const wanted = match[1]?.toLowerCase();
  const vioses = systems
    .flatMap((system) => [...system.vioses])
    .filter((vios) => wanted === undefined || vios.uuid.toLowerCase() === wanted);
  const withMappings = groups.some((name) => name === 'ViosSCSIMapping' || name === 'All');
  const mappings = withMappings ? vioses.reduce((sum, vios) => sum + vios.scsiMappings.length, 0) : 0;
  return costs.perGroup * groups.length * vioses.length + costs.perMapping * mappings;
}
