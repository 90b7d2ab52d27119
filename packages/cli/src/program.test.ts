import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildProgram } from './program.js';

test('every command explains itself, shows defaults and ends in examples', () => {
  const program = buildProgram();
  const commands = program.commands.filter((command) => command.name() !== 'help');
  assert.ok(commands.length >= 3);
  for (const command of commands) {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) });
    command.outputHelp();
    assert.ok(command.description().length > 20, `${command.name()} has a description`);
    assert.match(help, /Examples?:\n {2}powervm /, `${command.name()} ends in examples`);
  }
});

test('a mistyped command is answered with the one that was meant', async () => {
  const program = buildProgram().exitOverride();
  let text = '';
  program.configureOutput({ writeErr: (part) => (text += part) });
  await assert.rejects(program.parseAsync(['node', 'powervm', 'simulat']));
  assert.match(text, /Did you mean simulate\?/);
});
