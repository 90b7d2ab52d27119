import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { buildProgram } from '@openstack-powervm/cli';
import { assertWorks, HostTree, repository, run } from './host-tree.js';

const script = join(repository, 'packaging/install');
const units = 'usr/lib/systemd/system';

test('packaging/install puts a working product on a host, again over itself, and takes all of it away', () => {
  using tree = new HostTree();
  writeFileSync(join(tree.folder('usr/lib/python3/dist-packages/nova'), '__init__.py'), '');
  const before = tree.content;
  run(script, ['--destdir', tree.root]);
  assertWorks(tree);
  const installed = tree.content;
  run(script, [], { DESTDIR: tree.root });
  assert.deepEqual(tree.content, installed);
  mkdirSync(tree.path('usr/lib/python3/dist-packages/openstack_powervm/__pycache__'));
  run(script, ['--destdir', tree.root, '--remove']);
  assert.deepEqual(tree.content, before);
});

test('what an operator has edited stays, and what belongs to somebody else is not overwritten', () => {
  using tree = new HostTree();
  run(script, ['--destdir', tree.root]);
  appendFileSync(tree.path('etc/default/openstack-powervm'), 'POWERVM_LOG_LEVEL=debug\n');
  run(script, ['--destdir', tree.root]);
  run(script, ['--destdir', tree.root, '--remove']);
  assert.match(readFileSync(tree.path('etc/default/openstack-powervm'), 'utf8'), /LEVEL=debug/);
  assert.throws(() => run(script, ['--destdir', tree.root, '--remove']), /nothing is installed below/);
  writeFileSync(join(tree.folder('usr/bin'), 'powervm'), 'of somebody else');
  assert.throws(() => run(script, ['--destdir', tree.root]), /usr\/bin\/powervm .*there already/);
  assert.ok(!existsSync(tree.path('usr/lib/openstack-powervm')));
});

test('a wrong option ends with status 2', () => {
  assert.throws(
    () => run(script, ['--destination', '/nowhere']),
    (error: unknown) => error instanceof Error && 'status' in error && error.status === 2,
  );
});

test('each unit runs a command that there is, with options that it has', () => {
  const folder = join(repository, 'packaging/systemd');
  const program = buildProgram();
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    const words = /^ExecStart=\/usr\/bin\/powervm (.*)$/m.exec(text)?.[1]?.split(' ') ?? [];
    const command = program.commands.find((each) => each.name() === words[0]);
    assert.ok(command, `${name}: powervm ${words[0]}`);
    const known = command.options.map((option) => option.long);
    for (const word of words.filter((each) => each.startsWith('--'))) assert.ok(known.includes(word), word);
  }
});

const systemUnits = '/usr/lib/systemd/system';
const noSystemd = existsSync('/usr/bin/systemd-analyze') ? false : 'systemd-analyze is not installed';

test('systemd finds nothing wrong with the units', { skip: noSystemd }, () => {
  using tree = new HostTree();
  mkdirSync(tree.path(dirname(units)), { recursive: true });
  cpSync(systemUnits, tree.path(units), { recursive: true });
  cpSync(join(repository, 'packaging/systemd'), tree.path(units), { recursive: true });
  writeFileSync(join(tree.folder('usr/bin'), 'powervm'), '#!/bin/sh\n', { mode: 0o755 });
  const names = readdirSync(join(repository, 'packaging/systemd'));
  run('systemd-analyze', [
    'verify',
    `--root=${tree.root}`,
    '--man=no',
    ...names.map((name) => tree.path(units, name)),
  ]);
});
