// Runs one test suite with node:test. Tests are compiled; this maps each *.test.ts source to its
// compiled file, so that a deleted source never runs again as a stale artefact.
//   node scripts/run-tests.mjs unit [name-filter]     packages/*/src and test/unit
//   node scripts/run-tests.mjs SUITE [name-filter]    test/SUITE
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const [suite = 'unit', filter = ''] = process.argv.slice(2);

function sources(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true })
    .map((name) => join(dir, name))
    .filter(
      (name) => name.endsWith('.test.ts') && !name.includes('/dist/') && !name.includes('/node_modules/'),
    );
}

const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
const owned = suite === 'unit' ? [...packages, join(root, 'deploy')] : [];
const files = [
  ...owned.flatMap((dir) =>
    sources(join(dir, 'src')).map((f) => join(dir, 'dist', relative(join(dir, 'src'), f))),
  ),
  ...sources(join(root, 'test', suite)).map((f) =>
    join(root, 'test', 'dist', relative(join(root, 'test'), f)),
  ),
]
  .map((f) => f.replace(/\.ts$/, '.js'))
  .filter((f) => f.includes(filter));

if (files.length === 0) {
  console.error(`no test files for suite "${suite}"${filter ? ` matching "${filter}"` : ''}`);
  process.exit(1);
}
// Per file, so that a hanging one ends. Real services on a machine with two busy cores take their time.
const timeout = suite === 'unit' ? 600_000 : 1_800_000;
const args = ['--enable-source-maps', '--test', '--test-concurrency=2', `--test-timeout=${timeout}`];
const result = spawnSync(process.execPath, [...args, ...files], { stdio: 'inherit', cwd: root });
process.exit(result.status ?? 1);
