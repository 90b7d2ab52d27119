import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from 'commander';
import { buildProgram, throwInsteadOfExit } from './program.js';

/** Every command and, below it, its own commands, with the words that call them. */
function everyCommand(command: Command, words: string): (readonly [string, Command])[] {
  return command.commands.flatMap((sub): (readonly [string, Command])[] => {
    const name = `${words} ${sub.name()}`;
    return [[name, sub], ...everyCommand(sub, name)];
  });
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}

test('every command explains itself, shows defaults and gives examples of itself', () => {
  const commands = everyCommand(buildProgram(), 'powervm');
  assert.ok(commands.length >= 20);
  for (const [name, command] of commands) {
    const help = helpOf(command);
    assert.ok(command.description().length > 12, `${name} has a description`);
    assert.match(help, new RegExp(`Examples?:\\n {2}${name}`), `${name} gives an example`);
  }
});

test('list and show commands end in the table of exit statuses', () => {
  const commands = everyCommand(buildProgram(), 'powervm').filter(([name]) => /(list|show)$/.test(name));
  assert.ok(commands.length >= 17);
  for (const [name, command] of commands) assert.match(helpOf(command), /Exit status:\n {2}0 {2}/, name);
});

test('a mistyped command is answered with the one that was meant', async () => {
  const program = throwInsteadOfExit(buildProgram());
  let text = '';
  program.configureOutput({ writeErr: (part) => (text += part) });
  await assert.rejects(program.parseAsync(['node', 'powervm', 'simulat']));
  assert.match(text, /Did you mean simulate\?/);
});
