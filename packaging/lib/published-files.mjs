import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is installed on a host: the command and everything that it needs. */
const first = '@openstack-powervm/cli';

/**
 * Every file of our packages as npm would publish it, and of the packages from elsewhere that they need, as
 * `{ from, to }`: a path on this machine, and the path below `node_modules`.
 */
export function publishedFiles(repository) {
  const names = closure(repository, first);
  const own = ownFiles(repository, names.filter(isOurs));
  const others = names.filter((name) => !isOurs(name)).map((name) => folderOf(repository, name));
  return { own, others };
}

function isOurs(name) {
  return name.startsWith('@openstack-powervm/');
}

function folderOf(repository, name) {
  return { from: join(repository, 'node_modules', name), to: name };
}

/** A package and all that it depends on; the lock file keeps them side by side. */
function closure(repository, name, seen = new Set()) {
  if (seen.has(name)) return [];
  seen.add(name);
  const file = join(repository, 'node_modules', name, 'package.json');
  if (!existsSync(file)) throw new Error(`${name} is not installed: run npm ci first`);
  const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
  return [name, ...Object.keys(dependencies).flatMap((each) => closure(repository, each, seen))];
}

function ownFiles(repository, names) {
  const workspaces = names.flatMap((name) => ['--workspace', name]);
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', ...workspaces], {
    cwd: repository,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(text).flatMap(({ name, files }) => {
    if (!files.some(({ path }) => path === 'dist/index.js'))
      throw new Error(`${name} is not built: npm run build`);
    const folder = join(repository, 'node_modules', name);
    return files.map(({ path }) => ({ from: join(folder, path), to: join(name, path) }));
  });
}
