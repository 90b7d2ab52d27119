import type { Command } from 'commander';
import { withConnectionFlags } from './flags.js';

/** Flags of every command that looks at systems. */
export function withScopeFlags(command: Command): Command {
  return withConnectionFlags(command)
    .option('--system <name>', 'only this managed system, by name or UUID; may be repeated', collect, [])
    .option('--json', 'JSON for programs instead of text for people');
}

function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}
