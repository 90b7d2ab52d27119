import { memoryNeeded, unitsNeeded } from './check-capacity.js';
import { SiteError } from './problem.js';
import type { Site, SiteSystem } from './site.js';

export interface SiteSize {
  /** Systems: the site's, and copies of its last one. */
  readonly hosts?: number | undefined;
  /** Client partitions on each system, with two mapped disks each. */
  readonly partitions?: number | undefined;
}

const MOST_HOSTS = 100;
const MOST_PARTITIONS = 1000;
const MAPPINGS_PER_PARTITION = 2;

/** The site with more or fewer systems and partitions. Systems grow until what they hold fits. */
export function sizedSite(site: Site, { hosts, partitions }: SiteSize): Site {
  const problems = [
    ...outside('hosts', hosts, 1, MOST_HOSTS),
    ...outside('partitions', partitions, 0, MOST_PARTITIONS),
  ];
  if (problems.length > 0) throw new SiteError(problems);
  const wanted = hosts === undefined ? site.systems : withHosts(site.systems, hosts);
  const systems =
    partitions === undefined ? wanted : wanted.map((system) => populated(site, system, partitions));
  const kept = new Set(systems.map(({ name }) => name));
  const clusters = site.clusters
    .map((cluster) => ({ ...cluster, nodes: cluster.nodes.filter((node) => kept.has(node.system)) }))
    .filter(({ nodes }) => nodes.length > 0);
  return {
    ...site,
    systems,
    clusters: clusters.map((cluster) => joined(cluster, site, systems)),
    enterprisePools: remaining(site.enterprisePools, kept),
  };
}

/** Pools without the members that are gone; a pool that has none of the site's systems goes too. */
function remaining(pools: Site['enterprisePools'], kept: ReadonlySet<string>): Site['enterprisePools'] {
  return pools
    .map((pool) => ({
      ...pool,
      members: pool.members.filter(({ system, elsewhere }) => elsewhere !== undefined || kept.has(system)),
    }))
    .filter(({ members }) => members.some(({ system }) => kept.has(system)));
}

function outside(place: string, value: number | undefined, least: number, most: number) {
  if (value === undefined || (value >= least && value <= most)) return [];
  return [{ place, problem: `${value} is outside ${least} to ${most}` }];
}

/** Copies get names, serial numbers and addresses of their own. */
function withHosts(systems: readonly SiteSystem[], count: number): SiteSystem[] {
  const last = systems.at(-1);
  const result = systems.slice(0, count);
  const names = new Set(result.map(({ name }) => name));
  for (let number = 1; last !== undefined && result.length < count; number += 1) {
    const name = `sim${number}`;
    if (names.has(name)) continue;
    result.push(copyOf(last, name));
  }
  return result;
}

function copyOf(system: SiteSystem, name: string): SiteSystem {
  const { serial: _, ...rest } = system;
  const vioses = rest.vioses.map((vios) => ({
    ...vios,
    ipAddress: undefined,
    fibreChannel: vios.fibreChannel.map((port) => ({ ...port, wwpn: undefined })),
  }));
  return { ...rest, name, vioses };
}

/** Where the last system was a node, its copies are too. */
function joined(
  cluster: Site['clusters'][number],
  site: Site,
  systems: readonly SiteSystem[],
): Site['clusters'][number] {
  const pattern = cluster.nodes.find(({ system }) => system === site.systems.at(-1)?.name);
  if (pattern === undefined) return cluster;
  const known = new Set(site.systems.map(({ name }) => name));
  const added = systems.filter(({ name }) => !known.has(name));
  return {
    ...cluster,
    nodes: [...cluster.nodes, ...added.map(({ name }) => ({ ...pattern, system: name }))],
  };
}

function populated(site: Site, system: SiteSystem, count: number): SiteSystem {
  const member = site.enterprisePools
    .flatMap(({ members }) => members)
    .find((candidate) => candidate.system === system.name);
  const { inactiveProcessors = 0, inactiveMemoryGb = 0 } = member ?? {};
  const filled = { ...system, partitions: { count, mappings: count * MAPPINGS_PER_PARTITION } };
  return {
    ...filled,
    memoryMb: Math.max(system.memoryMb, memoryNeeded(filled) + inactiveMemoryGb * 1024),
    processorUnits: Math.max(system.processorUnits, Math.ceil(unitsNeeded(filled)) + inactiveProcessors),
  };
}
