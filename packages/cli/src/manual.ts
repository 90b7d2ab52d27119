import type { Command } from 'commander';
import { exitMeanings } from './exit-status.js';

/** The sections that follow a command's options, as in a manual page. */
export interface Manual {
  /** What the first line of the description leaves open. */
  readonly notes?: string;
  /** Lines of two columns: a command line, and what it shows. */
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  /** Variables that are not the default of an option: those are shown beside it. */
  readonly environment?: readonly (readonly [name: string, meaning: string])[];
  /** Rows of the table of exit statuses that differ from the common ones. */
  readonly statuses?: readonly (readonly [number, string])[];
}

/** Adds the sections to a command's help. */
export function withManual(command: Command, manual: Manual): Command {
  const { notes, examples, environment = [], statuses = exitMeanings } = manual;
  const sections = [
    ...(notes === undefined ? [] : [notes]),
    section('Examples', examples),
    ...(environment.length === 0 ? [] : [section('Environment', environment)]),
    section('Exit status', statuses),
  ];
  return command.addHelpText('after', `\n${sections.join('\n\n')}\n`);
}

function section(title: string, rows: readonly (readonly [string | number, string])[]): string {
  const width = Math.max(...rows.map(([left]) => String(left).length));
  const lines = rows.map(([left, right]) => `  ${String(left).padEnd(width)}  ${right}`.trimEnd());
  return [`${title}:`, ...lines].join('\n');
}
