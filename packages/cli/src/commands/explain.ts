import { Command } from 'commander';
import { exitStatus } from '../exit-status.js';
import { errorSources, explanationsOf } from '../explain/explanation.js';
import { CommandFailure } from '../failure.js';
import { withManual } from '../manual.js';
import { writeOut } from '../output/writer.js';

/** `powervm explain`: what an error code means and what to try. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .description('tell what an error code means and what to try')
    .argument('[code]', 'such as PVM_NO_ACTIVE_VIOS; without one, all codes are listed');
  return withManual(command, {
    notes:
      'Every error of commands, daemon and agents has a stable code, in brackets after or before its sentence.',
    examples: [
      ['powervm explain PVM_NO_ACTIVE_VIOS', 'meaning and remedy of one code'],
      ['powervm explain', 'all codes with their meaning'],
    ],
    statuses: [
      [exitStatus.done, 'the code was explained'],
      [exitStatus.usage, 'the command line is wrong'],
      [exitStatus.unknownObject, 'there is no such code'],
    ],
  }).action((code: string | undefined) => writeOut(code === undefined ? allCodes() : oneCode(code)));
}

function oneCode(given: string): string {
  const code = given.toUpperCase().replace(/^\[|\]$/g, '');
  const found = explanationsOf(code);
  if (found.length === 0)
    throw new CommandFailure(
      'PVM_OBJECT_UNKNOWN',
      `there is no error code ${code}`,
      'powervm explain lists all codes',
      exitStatus.unknownObject,
    );
  return found
    .map(({ source, meaning, advice, nova }) => {
      const inNova = nova === undefined ? '' : `  Nova reports: ${nova}\n`;
      return `${code} (${source})\n  ${meaning}\n  try: ${advice}\n${inNova}`;
    })
    .join('\n');
}

function allCodes(): string {
  return errorSources
    .map(({ title, about, codes }) => {
      const width = Math.max(...codes.map(({ code }) => code.length));
      const lines = codes.map(({ code, meaning }) => `  ${code.padEnd(width)}  ${meaning}\n`);
      return `${title}: ${about}\n${lines.join('')}`;
    })
    .join('\n');
}
