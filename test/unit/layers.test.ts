import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../../..');

/** The table of docs/architecture.md: what each package's product code may import. */
const allowed: Record<string, readonly string[]> = {
  atom: [],
  rest: ['atom'],
  simulator: ['atom', 'rest'],
  compute: ['rest'],
  bridge: ['compute'],
  oslo: [],
  agents: ['rest', 'oslo'],
  cli: ['atom', 'rest', 'simulator', 'compute', 'bridge', 'oslo', 'agents'],
};

function sources(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(dir, name));
}

function importedPackages(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/from '@openstack-powervm\/([a-z]+)/g)].map((match) => match[1] ?? '');
}

test('packages import only downwards', () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const name of readdirSync(join(root, 'packages'))) {
    const permitted = allowed[name];
    assert.ok(permitted, `packages/${name} has no row in the table of this test and of docs/architecture.md`);
    for (const file of sources(join(root, 'packages', name, 'src'))) {
      seen += 1;
      // A test may drive the simulator; product code may not.
      const extra = file.endsWith('.test.ts') || file.includes('/testing/') ? ['atom', 'simulator'] : [];
      for (const used of importedPackages(file)) {
        if (used !== name && !permitted.includes(used) && !extra.includes(used))
          wrong.push(`${file} imports ${used}`);
      }
    }
  }
  assert.ok(seen > 0);
  assert.deepEqual(wrong, []);
});
