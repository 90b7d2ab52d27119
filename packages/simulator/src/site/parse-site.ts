import { faultTargets } from '../faults/fault-targets.js';
import { ruleProblems } from '../faults/rule-problems.js';
import { checkCapacity } from './check-capacity.js';
import { checkEnterprisePools } from './check-enterprise-pools.js';
import { checkReferences } from './check-references.js';
import { type PathProblem, SiteError } from './problem.js';
import { type Site, siteSchema } from './site.js';

/** Checks a site that did not come from a file; throws one `SiteError` with all its mistakes. */
export function parseSite(input: unknown): Site {
  const { site, problems } = checkSite(input);
  if (site !== undefined) return site;
  throw new SiteError(
    problems.map(({ path, problem }) => ({ place: path.join('.') || 'the site', problem })),
  );
}

/** The site, or every reason why it is none. */
export function checkSite(input: unknown): { site?: Site; problems: readonly PathProblem[] } {
  const result = siteSchema.safeParse(input);
  const problems: PathProblem[] = (result.error?.issues ?? []).map((issue) => ({
    // A key that does not belong there is the place, not the object around it.
    path: [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].map(segment),
    problem: issue.message,
  }));
  problems.push(...checkReferences(input));
  if (result.success) {
    const site = result.data;
    problems.push(...checkCapacity(site), ...checkEnterprisePools(site), ...checkFaults(site));
  }
  return result.success && problems.length === 0 ? { site: result.data, problems } : { problems };
}

const segment = (key: PropertyKey): string | number => (typeof key === 'number' ? key : String(key));

/** Rules that could never act. */
function checkFaults({ faults }: Site): PathProblem[] {
  const targets = faultTargets();
  return faults.flatMap((rule, index) => {
    const others = faults.slice(0, index).flatMap(({ id }) => id ?? []);
    return ruleProblems(rule, targets, others).map(({ place, problem }) => ({
      path: ['faults', index, ...place.split('.')],
      problem,
    }));
  });
}
