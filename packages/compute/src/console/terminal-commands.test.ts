import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CommandAnswer, scriptedCommand } from '../testing/console-commands.js';
import { driverError } from '../testing/expect.js';
import { NovaLinkCommands } from './terminal-commands.js';

const linux = { id: 5, name: 'vm5', type: 'AIX/Linux' };

async function scripted(t: TestContext, mkvterm: readonly CommandAnswer[], rmvterm = [{ code: 0 }]) {
  const directory = await mkdtemp(join(tmpdir(), 'powervm-console-'));
  t.after(() => rm(directory, { recursive: true }));
  const [open, close] = [
    await scriptedCommand(directory, 'mkvterm', mkvterm),
    await scriptedCommand(directory, 'rmvterm', rmvterm),
  ];
  const calls = (path: string): Promise<string> => readFile(`${path}.calls`, 'utf8').catch(() => '');
  return {
    commands: new NovaLinkCommands(open, close),
    calls: async () => ({ mkvterm: await calls(open), rmvterm: await calls(close) }),
  };
}

test('CON-1 the port is what mkvterm prints first; a terminal that is open stays open', async (t) => {
  const { commands, calls } = await scripted(t, [
    { code: 0, output: '5903\nand more\n' },
    { code: 3, output: '5903\n' },
  ]);
  assert.equal(await commands.open(linux, {}), 5903);
  assert.equal(await commands.open(linux, {}), 5903);
  const line = '--id 5 --vnc --local\n';
  assert.deepEqual(await calls(), { mkvterm: line + line, rmvterm: '' });
});

test('IBMI-6 IBM i terminals get a code page (protocol reference 8.16)', async (t) => {
  const { commands, calls } = await scripted(t, [{ code: 0, output: '5903\n' }]);
  await commands.open({ ...linux, type: 'OS400' }, {});
  assert.equal((await calls()).mkvterm, '--id 5 --vnc --local --consolesettings codepage=037\n');
});

test('a terminal that somebody else holds is taken over, once (protocol reference 8.16)', async (t) => {
  const held = { code: 3, complaint: 'held by another console\n' };
  const { commands, calls } = await scripted(t, [held, { code: 0, output: '5907\n' }]);
  assert.equal(await commands.open(linux, {}), 5907);
  assert.equal((await calls()).rmvterm, '--id 5\n');
  const stubborn = await scripted(t, [held]);
  await assert.rejects(
    stubborn.commands.open(linux, {}),
    driverError('PVM_CONSOLE_UNAVAILABLE', 'vm5', 'exit code 3', 'held by another console'),
  );
  assert.equal((await stubborn.calls()).mkvterm.split('\n').length, 3);
});

test('CON-5 L-147 a refusal carries the words of the command', async (t) => {
  const { commands } = await scripted(t, [{ code: 1, complaint: 'HSCL2970 no such partition\n' }]);
  await assert.rejects(
    commands.open(linux, {}),
    driverError('PVM_CONSOLE_UNAVAILABLE', 'vm5', 'HSCL2970 no such partition'),
  );
});

test('CON-5 success without a port is no success', async (t) => {
  for (const output of ['', 'opened\n', '99999\n']) {
    const { commands } = await scripted(t, [{ code: 0, output }]);
    await assert.rejects(commands.open(linux, {}), driverError('PVM_CONSOLE_UNAVAILABLE', 'exit code 0'));
  }
});

test('CON-5 a command that is not there is named, with its option', async () => {
  const commands = new NovaLinkCommands('/nonexistent/mkvterm', '/nonexistent/rmvterm');
  await assert.rejects(
    commands.open(linux, {}),
    driverError('PVM_CONSOLE_UNAVAILABLE', '/nonexistent/mkvterm', 'ENOENT', 'mkvterm_command'),
  );
});

test('closing says whether there was a terminal', async (t) => {
  const { commands } = await scripted(t, [{ code: 0 }], [{ code: 0 }, { code: 1 }]);
  assert.equal(await commands.close(5, {}), true);
  assert.equal(await commands.close(5, {}), false);
});

test('a caller that gives up stops the command', async (t) => {
  const { commands } = await scripted(t, [{ code: 0, output: '5903\n' }]);
  await assert.rejects(commands.open(linux, { signal: AbortSignal.abort() }), { name: 'AbortError' });
});
