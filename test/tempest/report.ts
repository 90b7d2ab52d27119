import type { Capability } from './capabilities.js';
import { type KnownFailure, knownFailureOf } from './known-failures.js';
import { exceptionOf, type TestResult } from './results.js';
import type { TestSet } from './sets.js';

/** One set of tests that has run. */
export interface Part {
  readonly set: TestSet;
  readonly minutes: number;
  readonly results: readonly TestResult[];
}

export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGib: number;
  /** How many processes wanted a core on average in the last quarter of an hour. */
  readonly load: number;
}

/** What a report tells. */
export interface Run {
  /** What runs where, such as `the PowerVM driver on a simulated system`. */
  readonly subject: string;
  readonly at: Date;
  /** How many tests ran at the same time. */
  readonly workers: number;
  readonly machine: Machine;
  readonly parts: readonly Part[];
  /** Features that Tempest was told of, on or off. */
  readonly switches: readonly Capability[];
}

const having = (results: readonly TestResult[], outcome: TestResult['outcome']) =>
  results.filter((result) => result.outcome === outcome);

/** All results of a run. */
export const resultsOf = ({ parts }: Pick<Run, 'parts'>): readonly TestResult[] =>
  parts.flatMap(({ results }) => results);

/** The failures that count: those that nothing proves to be somebody else's. */
export function failures(results: readonly TestResult[]): readonly TestResult[] {
  return having(results, 'failed').filter((result) => knownFailureOf(result) === undefined);
}

/** One line of totals. */
export function totals(results: readonly TestResult[]): string {
  const [passed, failed, skipped] = (['passed', 'failed', 'skipped'] as const).map(
    (outcome) => having(results, outcome).length,
  );
  const others = (failed ?? 0) - failures(results).length;
  return `${passed} passed, ${failed} failed${others === 0 ? '' : ` (${others} proven not to be the driver's)`}, ${skipped} skipped`;
}

/** The skips by their reason, most frequent first. */
export function skipReasons(
  results: readonly TestResult[],
): readonly (readonly [string, readonly string[]])[] {
  const skipped = grouped(having(results, 'skipped'), ({ detail }) => withoutDump(detail));
  return [...skipped]
    .map(([reason, group]) => [reason, group.map(({ name }) => name)] as const)
    .toSorted(([, one], [, other]) => other.length - one.length);
}

/** Some reasons end in whole API answers, which are other ones in every run. */
const withoutDump = (reason: string): string => reason.replace(/: \[\{.*$/s, '');

/** The report as a page. A class whose set-up skips counts once. */
export function reportPage(run: Run): string {
  const results = resultsOf(run);
  const known = having(results, 'failed').flatMap((result) => {
    const failure = knownFailureOf(result);
    return failure === undefined ? [] : [{ result, failure }];
  });
  return [
    ...heading(run),
    '## Failed',
    '',
    ...list(failures(results).map((result) => `\`${result.name}\`: ${exceptionOf(result)}`)),
    ...(known.length === 0 ? [] : elsewhere(known)),
    '## Skipped',
    '',
    'A class whose set-up skips is one line, however many tests it has.',
    '',
    '| Reason, in the words of Tempest | Tests or classes |',
    '|---|---|',
    ...skipReasons(results).map(
      ([reason, names]) => `| ${cell(reason)} | ${names.map(short).join('<br>')} |`,
    ),
    '',
    '## What was switched off',
    '',
    '| Feature flag | Why |',
    '|---|---|',
    ...run.switches.filter(({ on }) => !on).map(({ flag, reason }) => `| ${flag} | ${cell(reason)} |`),
    '',
    '## Passed',
    '',
    '| Class | Tests | Seconds |',
    '|---|---|---|',
    ...passedByClass(results),
    '',
  ].join('\n');
}

function heading({ subject, at, workers, machine, parts }: Run): string[] {
  const results = resultsOf({ parts });
  const minutes = parts.reduce((sum, part) => sum + part.minutes, 0);
  return [
    '# Tempest',
    '',
    `Stock Tempest against stock OpenStack with ${subject}.`,
    '',
    `**${totals(results)}** in ${minutes.toFixed(1)} minutes with ${workers} workers, on ${at.toISOString().slice(0, 10)}.`,
    `The machine: ${machine.cores} cores (${machine.processor}), ${machine.memoryGib} GiB of memory, a load of ${machine.load.toFixed(1)}.`,
    '',
    '| Set | Selected by | Passed | Failed | Skipped | Minutes |',
    '|---|---|---|---|---|---|',
    ...parts.map(({ set, minutes: length, results: own }) => {
      const counts = (['passed', 'failed', 'skipped'] as const).map((outcome) => having(own, outcome).length);
      return `| ${set.title} | \`${cell(set.regex)}\` | ${counts.join(' | ')} | ${length.toFixed(1)} |`;
    }),
    '',
  ];
}

function elsewhere(
  known: readonly { readonly result: TestResult; readonly failure: KnownFailure }[],
): string[] {
  return [
    "### Proven not to be the driver's",
    '',
    '| Test | Why | Proof |',
    '|---|---|---|',
    ...known.map(
      ({ result, failure }) =>
        `| ${short(result.name)} | ${cell(failure.why)} | \`${cell(failure.proof)}\` |`,
    ),
    '',
  ];
}

function passedByClass(results: readonly TestResult[]): string[] {
  const classes = grouped(having(results, 'passed'), ({ name }) => short(name).replace(/\.\w+`$/, '`'));
  return [...classes]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, group]) => {
      const seconds = group.reduce((sum, each) => sum + each.seconds, 0);
      return `| ${name} | ${group.length} | ${seconds.toFixed(1)} |`;
    });
}

/** Node.js 20 has no Map.groupBy. */
function grouped(
  results: readonly TestResult[],
  keyOf: (result: TestResult) => string,
): ReadonlyMap<string, readonly TestResult[]> {
  const groups = new Map<string, TestResult[]>();
  for (const result of results) {
    const group = groups.get(keyOf(result)) ?? [];
    groups.set(keyOf(result), [...group, result]);
  }
  return groups;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function list(entries: readonly string[]): string[] {
  return [...(entries.length === 0 ? ['None.'] : entries.map((entry) => `- ${cell(entry)}`)), ''];
}

/** Without what every name begins with, and without the id and attributes behind it. */
function short(name: string): string {
  return `\`${name.replace('tempest.api.', '').replace(/\[.*\]$/, '')}\``;
}
