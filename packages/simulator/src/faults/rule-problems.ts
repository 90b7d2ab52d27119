import type { JobKind } from '../jobs/job-kind.js';
import type { CheckedFaultRule } from './fault-rule.js';

/** What rules may name. */
export interface FaultTargets {
  readonly routes: readonly { readonly name: string; readonly method: string; readonly path: string }[];
  readonly jobs: readonly Pick<JobKind, 'operation' | 'phases'>[];
}

/** Why the rule could never act; `others` are the ids of the rules that are there already. */
export function ruleProblems(
  rule: CheckedFaultRule,
  { routes, jobs }: FaultTargets,
  others: readonly string[],
): { place: string; problem: string }[] {
  const problems: { place: string; problem: string }[] = [];
  const isJobRule = rule.effect.kind === 'job-failure';
  if (rule.id !== undefined && others.includes(rule.id)) {
    problems.push({ place: 'id', problem: `there is already a rule ${rule.id}` });
  }
  if (rule.route !== undefined && !routes.some((route) => route.name === rule.route)) {
    problems.push({ place: 'route', problem: `there is no route ${rule.route}` });
  }
  if (isJobRule && (rule.route ?? rule.path ?? rule.method) !== undefined) {
    problems.push({ place: 'effect.kind', problem: 'a job-failure names a job, not a request' });
  }
  if (isJobRule !== (rule.job !== undefined)) {
    problems.push({ place: 'job', problem: 'job and the effect job-failure belong together' });
  }
  const kinds = jobs.filter((kind) => kind.operation === rule.job);
  if (rule.job !== undefined && kinds.length === 0) {
    problems.push({ place: 'job', problem: `there is no job ${rule.job}` });
  }
  const phase = rule.effect.kind === 'job-failure' ? rule.effect.phase : undefined;
  const phases = kinds.flatMap((kind) => kind.phases ?? []);
  if (phase !== undefined && !phases.includes(phase)) {
    const known = phases.length === 0 ? 'no phases' : `only ${phases.join(', ')}`;
    problems.push({ place: 'effect.phase', problem: `job ${rule.job} has ${known}` });
  }
  if (rule.path !== undefined && !routes.some((route) => couldMatch(rule.path ?? '', route.path))) {
    problems.push({ place: 'path', problem: `no route has a path like ${rule.path}` });
  }
  return problems;
}

/** Could a request to the route ever have a path like this? What comes behind the first `*` is not looked at. */
function couldMatch(glob: string, path: string): boolean {
  const [start = '', ...rest] = glob.split('*');
  const wanted = start.split('/');
  const segments = path.split('/');
  if (rest.length === 0 && wanted.length !== segments.length) return false;
  return wanted.every((text, index) => {
    const segment = segments[index]?.toLowerCase();
    if (segment === undefined || segment.startsWith('{')) return segment !== undefined;
    const partial = rest.length > 0 && index === wanted.length - 1;
    return partial ? segment.startsWith(text.toLowerCase()) : segment === text.toLowerCase();
  });
}
