import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../../..');

function tracked(...patterns: string[]): string[] {
  const names = execFileSync('git', ['ls-files', '-z', '--', ...patterns], { cwd: root, encoding: 'utf8' });
  return names.split('\0').filter((name) => name !== '' && !name.includes('/generated/'));
}

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

test('every dependency is pinned and has a row in docs/dependencies.md', () => {
  const page = read('docs/dependencies.md');
  const manifests = tracked('package.json', '*/package.json');
  assert.ok(manifests.length > 5);
  for (const file of manifests) {
    const manifest: Manifest = JSON.parse(read(file));
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, `${file}: ${name} is not pinned`);
      if (name.startsWith('@openstack-powervm/')) continue;
      assert.ok(page.includes(`| ${name} | ${version} |`), `${file}: ${name} ${version} has no row`);
    }
  }
});

test('the lock file names no registry host', () => {
  assert.doesNotMatch(read('package-lock.json'), /"resolved": "https?:/);
});

test('source files stay short enough to read', () => {
  const long = tracked('*.ts', '*.py', '*.mjs')
    .map((name) => ({ name, lines: read(name).split('\n').length }))
    .filter(({ lines }) => lines > 500);
  assert.deepEqual(long, []);
});

test('nothing is promised for later in the code', () => {
  const marker = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`);
  const hits = tracked('*.ts', '*.py', '*.mjs', '*.sh').filter((name) => marker.test(read(name)));
  assert.deepEqual(hits, []);
});
