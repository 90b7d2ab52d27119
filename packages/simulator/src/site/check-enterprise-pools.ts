import { memoryNeeded, unitsNeeded } from './check-capacity.js';
import type { PathProblem } from './problem.js';
import type { Site, SiteSystem } from './site.js';

type Pool = Site['enterprisePools'][number];
type Member = Pool['members'][number];
type Path = readonly (string | number)[];

/** Pools without an HMC, members that cannot be, and more Mobile CoD than there is. */
export function checkEnterprisePools(site: Site): PathProblem[] {
  const { enterprisePools, console } = site;
  if (enterprisePools.length > 0 && console !== 'HMC')
    return [{ path: ['enterprisePools'], problem: 'only an HMC has Power enterprise pools' }];
  const seen = new Set<string>();
  return enterprisePools.flatMap((pool, index) => {
    const path = ['enterprisePools', index];
    const problems = pool.members.flatMap((member, at) => {
      const place = [...path, 'members', at];
      const again = seen.has(member.system);
      seen.add(member.system);
      const twice = { path: [...place, 'system'], problem: `${member.system} is a member already` };
      return [...(again ? [twice] : []), ...checkMember(site, member, place)];
    });
    return [...problems, ...checkTotals(pool, site, path)];
  });
}

function checkMember(site: Site, member: Member, path: Path): PathProblem[] {
  const own = site.systems.find(({ name }) => name === member.system);
  if (own === undefined && member.elsewhere === undefined)
    return [
      { path: [...path, 'system'], problem: `no system ${member.system} in this site, nor "elsewhere"` },
    ];
  if (own !== undefined && member.elsewhere !== undefined)
    return [{ path: [...path, 'elsewhere'], problem: `${member.system} is a system of this site` }];
  const processors = Math.floor(own?.processorUnits ?? member.elsewhere?.processors ?? 0);
  const memoryGb = own === undefined ? (member.elsewhere?.memoryGb ?? 0) : Math.floor(own.memoryMb / 1024);
  const left = {
    processors: processors - member.inactiveProcessors,
    memoryMb: (memoryGb - member.inactiveMemoryGb) * 1024,
  };
  const problems: PathProblem[] = [];
  if (left.processors < Math.max(member.mobileProcessors, own === undefined ? 0 : unitsNeeded(own)))
    problems.push({ path: [...path, 'inactiveProcessors'], problem: tooMany('processors', processors, own) });
  if (left.memoryMb < Math.max(member.mobileMemoryGb * 1024, own === undefined ? 0 : memoryNeeded(own)))
    problems.push({ path: [...path, 'inactiveMemoryGb'], problem: tooMany('GB', memoryGb, own) });
  return problems;
}

function tooMany(what: string, installed: number, own: SiteSystem | undefined): string {
  return own === undefined
    ? `more than the ${installed} ${what} that are installed`
    : `of ${installed} ${what} too little is left for Mobile CoD and the partitions of ${own.name}`;
}

function checkTotals(pool: Pool, site: Site, path: Path): PathProblem[] {
  const sum = (pick: (member: Member) => number): number =>
    pool.members.reduce((total, member) => total + pick(member), 0);
  const problems: PathProblem[] = [];
  if (sum(({ mobileProcessors }) => mobileProcessors) > pool.processors)
    problems.push({ path: [...path, 'processors'], problem: 'the members have more' });
  if (sum(({ mobileMemoryGb }) => mobileMemoryGb) > pool.memoryGb)
    problems.push({ path: [...path, 'memoryGb'], problem: 'the members have more' });
  if (!pool.members.some(({ system }) => site.systems.some(({ name }) => name === system)))
    problems.push({ path: [...path, 'members'], problem: 'no member is a system of this site' });
  return problems;
}
