import type { JobKind } from '../jobs/job-kind.js';
import type { Random } from '../world/random.js';
import { type FaultEffect, type FaultRule, type FaultRuleInput, faultRuleSchema } from './fault-rule.js';
import { type FaultTargets, ruleProblems } from './rule-problems.js';

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

/** Rules, how often each has matched and acted, and where the chance that decides about them stands. */
export interface KeptRules {
  readonly random: Random;
  readonly entries: Entry[];
  /** How many were ever added. */
  added: number;
}

export const newRules = (random: Random): KeptRules => ({ random, entries: [], added: 0 });

/** Faults as data: rules that can be added and removed while the simulator runs. */
export class FaultRules {
  /** Changes with the rules; other rules can go on from it. */
  readonly kept: KeptRules;
  readonly #targets: FaultTargets;

  constructor(targets: FaultTargets, kept: KeptRules) {
    this.#targets = targets;
    this.kept = kept;
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
    this.kept.added += 1;
    const rule = { ...parsed.data, id: parsed.data.id ?? `fault-${this.kept.added}` };
    const others = this.kept.entries.map((entry) => entry.rule.id);
    const problems = ruleProblems(rule, this.#targets, others);
    if (problems.length > 0) throw new FaultRuleError(problems);
    this.kept.entries.push({ rule, matched: 0, acted: 0 });
    return rule;
  }

  list(): FaultRuleState[] {
    return this.kept.entries.map(({ rule, matched, acted }) => ({ ...rule, matched, acted }));
  }

  /** False when there is no such rule. */
  remove(id: string): boolean {
    const at = this.kept.entries.findIndex(({ rule }) => rule.id === id);
    if (at < 0) return false;
    this.kept.entries.splice(at, 1);
    return true;
  }

  clear(): void {
    this.kept.entries.splice(0);
  }

  /** What is to happen to this request, in the order of the rules. */
  effectsOn(subject: FaultSubject): FaultEffect[] {
    return this.kept.entries
      .filter(({ rule }) => rule.effect.kind !== 'job-failure' && matchesRequest(rule, subject))
      .filter((entry) => this.#acts(entry))
      .map(({ rule }) => rule.effect);
  }

  /** The message with which the job is to fail at its start or in the phase, if it is. */
  jobFailure(kind: JobKind, target: string | undefined, phase?: string): string | undefined {
    for (const entry of this.kept.entries) {
      const { rule } = entry;
      if (rule.effect.kind !== 'job-failure' || rule.job !== kind.operation) continue;
      if (rule.effect.phase !== phase) continue;
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
    if (rule.probability < 1 && this.kept.random.fraction() >= rule.probability) return false;
    entry.acted += 1;
    return true;
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

const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
