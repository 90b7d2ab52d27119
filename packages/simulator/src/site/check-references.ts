import { checkBridges } from './check-bridges.js';
import { checkPersistentMemory } from './check-persistent-memory.js';
import type { PathProblem } from './problem.js';
import { field, list, text } from './site-fields.js';

type Path = readonly (string | number)[];

/**
 * Names in a site that lead nowhere or are taken twice. Looks at what was written, so that these mistakes are told
 * together with those of form: whatever has not the right form is passed over here.
 */
export function checkReferences(site: unknown): PathProblem[] {
  const systems = list(site, 'systems');
  return [
    ...twice(systems, ['systems'], 'system'),
    ...systems.flatMap((system, index) => checkSystem(system, ['systems', index])),
    ...twice(list(site, 'clusters'), ['clusters'], 'cluster'),
    ...twice(list(site, 'storageArrays'), ['storageArrays'], 'array'),
    ...twice(list(site, 'rbdImages'), ['rbdImages'], 'image'),
    ...checkClusters(list(site, 'clusters'), systems),
  ];
}

function checkSystem(system: unknown, path: Path): PathProblem[] {
  const vioses = list(system, 'vioses');
  const partition = field(system, 'novalink');
  const novalink = text(partition, 'name');
  const hosted = field(partition, 'hostedIo');
  return [
    ...checkHosting(system, hosted, path),
    ...twice(vioses, [...path, 'vioses'], 'partition', novalink === undefined ? [] : [novalink]),
    ...twice(list(system, 'switches'), [...path, 'switches'], 'switch'),
    ...twice(list(system, 'processorPools'), [...path, 'processorPools'], 'pool', ['DefaultPool']),
    ...vioses.flatMap((vios, index) => checkDisks(vios, [...path, 'vioses', index])),
    ...checkDisks(hosted, [...path, 'novalink', 'hostedIo']),
    ...twice(list(hosted, 'files'), [...path, 'novalink', 'hostedIo', 'files'], 'file', [], 'path'),
    ...list(system, 'bridges').flatMap((bridge, index) =>
      checkBridge(bridge, system, [...path, 'bridges', index]),
    ),
    ...checkBridges(system, [...path, 'bridges']),
    ...checkPersistentMemory(system, [...path, 'persistentMemory']),
  ];
}

/** Somebody must serve storage and networks. */
function checkHosting(system: unknown, hosted: unknown, path: Path): PathProblem[] {
  const vioses = field(system, 'vioses');
  if (hosted !== undefined || !Array.isArray(vioses) || vioses.length > 0) return [];
  return [{ path: [...path, 'vioses'], problem: 'no VIOS, and no NovaLink partition with hostedIo' }];
}

function checkBridge(bridge: unknown, system: unknown, path: Path): PathProblem[] {
  const wanted = text(bridge, 'switch');
  const problems: PathProblem[] = [];
  if (wanted !== undefined && !names(list(system, 'switches')).includes(wanted)) {
    problems.push({ path: [...path, 'switch'], problem: `no switch ${wanted} in this system` });
  }
  const known = names(list(system, 'vioses'));
  list(bridge, 'vioses').forEach((vios, at) => {
    if (typeof vios === 'string' && !known.includes(vios)) {
      problems.push({ path: [...path, 'vioses', at], problem: `no VIOS ${vios} in this system` });
    }
  });
  return problems;
}

/** A VIOS, or NovaLink instead of one, knows each volume group, disk and directory of files once. */
function checkDisks(vios: unknown, path: Path): PathProblem[] {
  const groups = list(vios, 'volumeGroups');
  const seen = new Set<string>();
  const again = (disks: unknown[], at: Path): PathProblem[] =>
    disks.flatMap((disk, index) => {
      const name = text(disk, 'name');
      if (name === undefined) return [];
      if (seen.has(name)) return [{ path: [...at, index, 'name'], problem: `second disk ${name}` }];
      seen.add(name);
      return [];
    });
  return [
    ...twice(groups, [...path, 'volumeGroups'], 'volume group'),
    ...twice(groups, [...path, 'volumeGroups'], 'group of files in', [], 'directory'),
    ...groups.flatMap((group, index) =>
      again(list(group, 'disks'), [...path, 'volumeGroups', index, 'disks']),
    ),
    ...again(list(vios, 'freeDisks'), [...path, 'freeDisks']),
  ];
}

/** Every node names a VIOS of the site that is in no other cluster; one tier of each is the default. */
function checkClusters(clusters: unknown[], systems: unknown[]): PathProblem[] {
  const taken = new Set<string>();
  return clusters.flatMap((cluster, index) => {
    const path = ['clusters', index];
    const problems = list(cluster, 'nodes').flatMap((node, at) =>
      checkNode(node, systems, taken, [...path, 'nodes', at]),
    );
    const defaults = list(cluster, 'tiers').filter((tier) => field(tier, 'default') === true);
    if (Array.isArray(field(cluster, 'tiers')) && defaults.length !== 1) {
      problems.push({ path: [...path, 'tiers'], problem: 'exactly one tier is the default' });
    }
    return problems;
  });
}

function checkNode(node: unknown, systems: unknown[], taken: Set<string>, path: Path): PathProblem[] {
  const wanted = text(node, 'system');
  const system = systems.find((candidate) => text(candidate, 'name') === wanted);
  if (wanted !== undefined && system === undefined) {
    return [{ path: [...path, 'system'], problem: `no system ${wanted} in this site` }];
  }
  const known = names(list(system, 'vioses'));
  return list(node, 'vioses').flatMap((vios, at) => {
    const place = [...path, 'vioses', at];
    if (typeof vios !== 'string') return [];
    if (!known.includes(vios)) return [{ path: place, problem: `no VIOS ${vios} in system ${wanted}` }];
    const key = `${wanted}/${vios}`;
    if (taken.has(key)) return [{ path: place, problem: `VIOS ${vios} of ${wanted} is in two clusters` }];
    taken.add(key);
    return [];
  });
}

/** Names that come a second time. */
function twice(
  items: unknown[],
  path: Path,
  what: string,
  others: readonly string[] = [],
  key = 'name',
): PathProblem[] {
  const seen = new Set(others);
  return items.flatMap((item, index) => {
    const name = text(item, key);
    if (name === undefined) return [];
    if (seen.has(name)) return [{ path: [...path, index, key], problem: `second ${what} ${name}` }];
    seen.add(name);
    return [];
  });
}

const names = (items: unknown[]): string[] => items.flatMap((item) => text(item, 'name') ?? []);
