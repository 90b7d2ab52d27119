import type { Capability } from './capabilities.js';
import { exceptionOf, type TestResult } from './results.js';

/** What a report tells. */
export interface Run {
  readonly title: string;
  readonly regex: string;
  readonly minutes: number;
  /** Cores of the machine, and how many processes wanted one on average. */
  readonly machine: { readonly cores: number; readonly load: number };
  readonly results: readonly TestResult[];
  readonly capabilities: readonly Capability[];
}

const having = (results: readonly TestResult[], outcome: TestResult['outcome']) =>
  results.filter((result) => result.outcome === outcome);

/** One line of totals. */
export function totals(results: readonly TestResult[]): string {
  const [passed, failed, skipped] = (['passed', 'failed', 'skipped'] as const).map(
    (outcome) => having(results, outcome).length,
  );
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** The skips by their reason, most frequent first. */
export function skipReasons(
  results: readonly TestResult[],
): readonly (readonly [string, readonly string[]])[] {
  const reasons = new Map<string, string[]>();
  for (const { detail, name } of having(results, 'skipped'))
    reasons.set(detail, [...(reasons.get(detail) ?? []), name]);
  return [...reasons].toSorted(([, one], [, other]) => other.length - one.length);
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The report as a page. A class whose set-up skips counts once. */
export function reportPage({ title, regex, minutes, machine, results, capabilities }: Run): string {
  return [
    '# Tempest',
    '',
    `Stock Tempest against stock OpenStack with the PowerVM driver on a simulated system: ${title}.`,
    '',
    `**${totals(results)}** in ${minutes.toFixed(1)} minutes, on ${machine.cores} cores with a load of`,
    `${machine.load.toFixed(0)}. Selected by \`${regex}\`.`,
    '',
    '## Failed',
    '',
    ...list(having(results, 'failed').map((result) => `\`${result.name}\`: ${exceptionOf(result)}`)),
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
    ...capabilities.filter(({ on }) => !on).map(({ flag, reason }) => `| ${flag} | ${cell(reason)} |`),
    '',
    '## Passed',
    '',
    ...list(having(results, 'passed').map(({ name, seconds }) => `${short(name)} (${seconds.toFixed(1)} s)`)),
  ].join('\n');
}

function list(entries: readonly string[]): string[] {
  return [...(entries.length === 0 ? ['None.'] : entries.map((entry) => `- ${cell(entry)}`)), ''];
}

/** Without what every name begins with, and without the id and attributes behind it. */
function short(name: string): string {
  return `\`${name.replace('tempest.api.', '').replace(/\[.*\]$/, '')}\``;
}
