import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandError, systemCommands } from './commands.js';

const failure = (reason: RegExp) => (thrown: unknown) =>
  thrown instanceof CommandError && reason.test(thrown.reason);
const { execPath: node } = process;
const limit = { timeoutMs: 60_000 };

test('a program answers; its arguments arrive as they are, whatever a shell would make of them', async () => {
  const args = ['-p', 'process.argv[1]', '$(id); "x" *'];
  assert.equal(await systemCommands.run(node, args, limit), '$(id); "x" *\n');
});

test('a failure carries what the program said, or how it ended', async () => {
  const complaining = ['-e', 'console.error("no bridge named br-x"); process.exit(1)'];
  await assert.rejects(systemCommands.run(node, complaining, limit), failure(/^no bridge named br-x$/));
  await assert.rejects(systemCommands.run(node, ['-e', 'process.exit(3)'], limit), failure(/ended with 3/));
  await assert.rejects(systemCommands.run('/no/such/program', [], limit), failure(/no such program/));
});

test('a program that hangs is ended at its limit, and at once when the caller gives up', async () => {
  const hanging = ['-e', 'setInterval(() => {}, 1000)'];
  await assert.rejects(systemCommands.run(node, hanging, { timeoutMs: 50 }), failure(/within 0.05 s/));
  const controller = new AbortController();
  const running = systemCommands.run(node, hanging, { ...limit, signal: controller.signal });
  controller.abort(new Error('enough'));
  await assert.rejects(running, /enough/);
});
