import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a command of NovaLink answers in a test. */
export interface CommandAnswer {
  readonly code: number;
  readonly output?: string;
  readonly complaint?: string;
}

/**
 * Writes a program that answers its first calls with these, the last one for ever, and notes in the file beside it
 * what it was called with; gives its path.
 */
export async function scriptedCommand(
  directory: string,
  name: string,
  answers: readonly CommandAnswer[],
): Promise<string> {
  const path = join(directory, name);
  const script = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync('${path}.calls', process.argv.slice(2).join(' ') + '\\n');
const calls = readFileSync('${path}.calls', 'utf8').trimEnd().split('\\n').length;
const answers = ${JSON.stringify(answers)};
const { code, output = '', complaint = '' } = answers[Math.min(calls, answers.length) - 1];
process.stdout.write(output);
process.stderr.write(complaint);
process.exitCode = code;
`;
  await writeFile(path, script, { mode: 0o755 });
  return path;
}

/** The simulator's stand-ins for NovaLink's commands, made for one simulator; as options of the driver. */
export async function simulatedCommands(directory: string, simulatorUrl: string) {
  const write = async (name: string): Promise<string> => {
    const path = join(directory, name);
    const program = join(import.meta.dirname, '../../../simulator/commands', `${name}.mjs`);
    const script = `#!/bin/sh\nPOWERVM_SIMULATOR_URL='${simulatorUrl}' exec '${process.execPath}' '${program}' "$@"\n`;
    await writeFile(path, script, { mode: 0o755 });
    return path;
  };
  return { mkvterm_command: await write('mkvterm'), rmvterm_command: await write('rmvterm') };
}
