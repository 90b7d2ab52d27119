import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allConfigFiles, openDeployment } from '@openstack-powervm/deploy';
import { Bundle, lengthsOf } from '../../vote/bundle.js';
import { Redactor } from '../../vote/redact.js';

const scratch = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'powervm-bundle-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
};

/** Everything that a bundle holds, by name. */
async function unpacked(file: string, into: string): Promise<Map<string, string>> {
  await mkdir(into, { recursive: true });
  execFileSync('tar', ['--extract', '--gzip', '--file', file, '--directory', into]);
  const entries = await readdir(into, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (name) => [name.slice(into.length + 1), await readFile(name, 'utf8')] as const),
    ),
  );
}

test('CI-4 a bundle holds what was written during the run, and nothing that is no text', async () => {
  await using place = await scratch();
  const logs = join(place.folder, 'log');
  await mkdir(join(logs, 'deeper'), { recursive: true });
  await writeFile(join(logs, 'nova.log'), 'before\n');
  await writeFile(join(logs, 'quiet.log'), 'before\n');
  await writeFile(join(logs, 'nova.conf'), 'host = a\n');
  await writeFile(join(logs, 'rotated.log'), 'a long text from before\n');
  const evidence = [
    { path: logs, as: 'log' },
    { path: join(place.folder, 'absent'), as: 'absent' },
  ];
  const lengths = await lengthsOf(evidence);
  await appendFile(join(logs, 'nova.log'), 'during\n');
  await writeFile(join(logs, 'rotated.log'), 'anew\n');
  await writeFile(join(logs, 'deeper/new.log'), 'new\n');
  await writeFile(join(logs, 'old.log.gz'), Buffer.from([0x1f, 0x8b, 0, 0]));
  const bundle = await Bundle.open('a-vote', new Redactor([]));
  const file = join(place.folder, 'votes/a-vote.tar.gz');
  try {
    await bundle.add(evidence, lengths);
    await bundle.addText('index.html', 'hello\n');
    await bundle.pack(file);
  } finally {
    await bundle.close();
  }
  assert.deepEqual(
    new Map([...(await unpacked(file, join(place.folder, 'out')))].toSorted()),
    new Map([
      ['a-vote/index.html', 'hello\n'],
      ['a-vote/log/deeper/new.log', 'new\n'],
      ['a-vote/log/nova.conf', 'host = a\n'],
      ['a-vote/log/nova.log', 'during\n'],
      ['a-vote/log/rotated.log', 'anew\n'],
    ]),
  );
});

test('no secret of a deployment is in the bundle of its configuration and logs', async () => {
  await using place = await scratch();
  const deployment = await openDeployment({ POWERVM_STATE_DIR: join(place.folder, 's') });
  const secrets = Object.values(deployment.secrets);
  for (const [path, text] of allConfigFiles(deployment)) {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, text);
  }
  await writeFile(join(deployment.paths.log, 'a.log'), secrets.map((secret) => `saw ${secret}\n`).join(''));
  const bundle = await Bundle.open('b', new Redactor(secrets));
  const file = join(place.folder, 'b.tar.gz');
  try {
    await bundle.add([
      { path: deployment.paths.etc, as: 'etc' },
      { path: deployment.paths.log, as: 'log' },
    ]);
    await bundle.pack(file);
  } finally {
    await bundle.close();
  }
  const files = await unpacked(file, join(place.folder, 'out'));
  assert.ok(files.has('b/etc/nova/nova.conf') && files.has('b/log/a.log'), [...files.keys()].join());
  for (const [name, text] of files)
    for (const secret of secrets) assert.ok(!text.includes(secret), `${name} holds a secret`);
});
