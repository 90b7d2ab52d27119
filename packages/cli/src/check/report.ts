import { type Finding, findingTopics } from '@openstack-powervm/compute';
import { jsonOf } from '../output/record.js';

/** Findings in the order of their topics, problems first within one. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const levels = ['problem', 'warning', 'ok'];
  return [...findings].sort(
    (a, b) =>
      findingTopics.indexOf(a.topic) - findingTopics.indexOf(b.topic) ||
      levels.indexOf(a.level) - levels.indexOf(b.level),
  );
}

/** The report for people: a line for each finding, what to do below it, and the sum. */
export function reportText(findings: readonly Finding[]): string {
  const lines = findings.map(({ level, topic, text, advice, code }) => {
    const named = code === undefined || text.includes(code) ? text : `${text} [${code}]`;
    return `${level.padEnd(7)}  ${topic.padEnd(12)}  ${named}\n${advice === undefined ? '' : `         → ${advice}\n`}`;
  });
  return `${lines.join('')}${sumOf(findings)}\n`;
}

/** The report for programs. */
export function reportJson(findings: readonly Finding[]): string {
  const rows = findings.map(({ level, topic, text, advice, code }) => ({ level, topic, text, advice, code }));
  return `${jsonOf({ problems: count(findings, 'problem'), warnings: count(findings, 'warning'), findings: rows }, 2)}\n`;
}

function sumOf(findings: readonly Finding[]): string {
  const [problems, warnings] = [count(findings, 'problem'), count(findings, 'warning')];
  if (problems === 0 && warnings === 0) return 'everything is ready';
  return `${problems} problem${problems === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}`;
}

export function count(findings: readonly Finding[], level: Finding['level']): number {
  return findings.filter((finding) => finding.level === level).length;
}
