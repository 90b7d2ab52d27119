import type { JobKind } from '../jobs/job-kind.js';
import type { Random } from '../world/random.js';
import { type FaultEffect, type FaultRule, type FaultRuleInput, faultRuleSchema } from './fault-rule.js';

/** Rules that nothing could ever match are refused: every problem at once, with its place. */
export class FaultRuleError extends Error {
  readonly code = 'SIM_FAULT_RULE_INVALID';
  readonly problems: readonly { readonly place: string; readonly problem: string }[];

  constructor(problems: readonly { place: string; problem: string }[]) {
    super(`the fault rule cannot be used: ${problems.map((p) => `${p.place}: ${p.problem}`).join('; ')}`);
    this.name = 'FaultRuleError';
    this.problems = problems;
  }
}

/** What rules may name. */
export interface FaultTargets {
  readonly routes: readonly { readonly name: string; readonly method: string; readonly path: string }[];
  readonly jobs: readonly string[];
}

export interface FaultRuleState extends FaultRule {
  /** Requests that met all conditions. */
  readonly matched: number;
  /** Times that the rule acted. */
  readonly acted: number;
}

interface Entry {
  readonly rule: FaultRule;
  matched: number;
  acted: number;
}

/** What a rule looks at. */
export interface FaultSubject {
  readonly route: string;
  readonly method: string;
  readonly path: string;
}

/** Faults as data: rules that can be added and removed while the simulator runs. */
export class FaultRules {
  readonly #random: Random;
  readonly #targets: () => FaultTargets;
  readonly #entries: Entry[] = [];
  #added = 0;

  constructor(random: Random, targets: () => FaultTargets) {
    this.#random = random;
    this.#targets = targets;
  }

  /** Throws `FaultRuleError`. */
  add(input: FaultRuleInput): FaultRule {
    const parsed = faultRuleSchema.safeParse(input);
    if (!parsed.success) {
      throw new FaultRuleError(
        parsed.error.issues.map((issue) => ({
          place: issue.path.join('.') || 'rule',
          problem: issue.message,
        })),
      );
    }
    this.#added += 1;
    const rule = { ...parsed.data, id: parsed.data.id ?? `fault-${this.#added}` };
    const problems = this.#problems(rule);
    if (problems.length > 0) throw new FaultRuleError(problems);
    this.#entries.push({ rule, matched: 0, acted: 0 });
    return rule;
  }

  list(): FaultRuleState[] {
    return this.#entries.map(({ rule, matched, acted }) => ({ ...rule, matched, acted }));
  }

  /** False when there is no such rule. */
  remove(id: string): boolean {
    const at = this.#entries.findIndex(({ rule }) => rule.id === id);
    if (at < 0) return false;
    this.#entries.splice(at, 1);
    return true;
  }

  clear(): void {
    this.#entries.splice(0);
  }

  /** What is to happen to this request, in the order of the rules. */
  effectsOn(subject: FaultSubject): FaultEffect[] {
    return this.#entries
      .filter(({ rule }) => rule.effect.kind !== 'job-failure' && matchesRequest(rule, subject))
      .filter((entry) => this.#acts(entry))
      .map(({ rule }) => rule.effect);
  }

  /** The message with which the job is to fail, if it is. */
  jobFailure(kind: JobKind, target: string | undefined): string | undefined {
    for (const entry of this.#entries) {
      const { rule } = entry;
      if (rule.effect.kind !== 'job-failure' || rule.job !== kind.operation) continue;
      if (rule.object !== undefined && rule.object.toLowerCase() !== target?.toLowerCase()) continue;
      if (this.#acts(entry)) return rule.effect.message;
    }
    return undefined;
  }

  #acts(entry: Entry): boolean {
    entry.matched += 1;
    const { rule } = entry;
    if (entry.matched <= rule.skip) return false;
    if (rule.count !== undefined && entry.acted >= rule.count) return false;
    if (rule.probability < 1 && this.#random.fraction() >= rule.probability) return false;
    entry.acted += 1;
    return true;
  }

  #problems(rule: FaultRule): { place: string; problem: string }[] {
    const { routes, jobs } = this.#targets();
    const problems: { place: string; problem: string }[] = [];
    const isJobRule = rule.effect.kind === 'job-failure';
    if (this.#entries.some((entry) => entry.rule.id === rule.id)) {
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
    if (rule.job !== undefined && !jobs.includes(rule.job)) {
      problems.push({ place: 'job', problem: `there is no job ${rule.job}` });
    }
    if (rule.path !== undefined && !routes.some((route) => couldMatch(rule.path ?? '', route.path))) {
      problems.push({ place: 'path', problem: `no route has a path like ${rule.path}` });
    }
    return problems;
  }
}

function matchesRequest(rule: FaultRule, subject: FaultSubject): boolean {
  if (rule.route !== undefined && rule.route !== subject.route) return false;
  if (rule.method !== undefined && rule.method !== subject.method) return false;
  if (rule.path !== undefined && !pattern(rule.path).test(subject.path)) return false;
  return rule.object === undefined || subject.path.toLowerCase().includes(rule.object.toLowerCase());
}

function pattern(glob: string): RegExp {
  return new RegExp(`^${glob.split('*').map(quoted).join('.*')}$`, 'i');
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

const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
