import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { filesBelow, layOut, repository } from './layout.mjs';

const help = `Usage: packaging/build-deb [--output DIR]

Builds openstack-powervm_VERSION_all.deb with dpkg-deb. Everything in it is JavaScript and Python, so one package serves
every architecture. Run npm ci && npm run build first; root is not needed. The same commit gives the same bytes.

  --output DIR   where to put the package; the present folder if absent

Exit status: 0 done, 1 failed, 2 wrong usage.
`;

const scripts = ['postinst', 'prerm', 'postrm'];

function build(output) {
  const tree = mkdtempSync(join(tmpdir(), 'openstack-powervm-deb-'));
  try {
    chmodSync(tree, 0o755);
    layOut(tree);
    writeControl(tree);
    mkdirSync(output, { recursive: true });
    const text = execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', tree, output], {
      encoding: 'utf8',
      env: { ...process.env, SOURCE_DATE_EPOCH: sourceDate() },
    });
    return /'([^']+\.deb)'/.exec(text.replaceAll(/[‘’`]/g, "'"))?.[1] ?? output;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

function writeControl(tree) {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  const kilobytes = filesBelow(tree)
    .map((file) => Math.ceil(lstatSync(join(tree, file)).size / 1024))
    .reduce((sum, size) => sum + size, 0);
  const source = join(repository, 'packaging/debian');
  const control = readFileSync(join(source, 'control'), 'utf8');
  const folder = join(tree, 'DEBIAN');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'control'),
    control.replace('@VERSION@', version).replace('@SIZE@', String(kilobytes)),
  );
  for (const name of [...scripts, 'conffiles']) cpSync(join(source, name), join(folder, name));
  for (const name of scripts) chmodSync(join(folder, name), 0o755);
}

/** Seconds since 1970 of the commit that is built; of the clock outside a repository. */
function sourceDate() {
  if (process.env['SOURCE_DATE_EPOCH'] !== undefined) return process.env['SOURCE_DATE_EPOCH'];
  try {
    return execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: repository, encoding: 'utf8' }).trim();
  } catch {
    return String(Math.floor(Date.now() / 1000));
  }
}

try {
  const { values } = parseArgs({ options: { output: { type: 'string' }, help: { type: 'boolean' } } });
  process.stdout.write(values.help ? help : `${build(resolve(values.output ?? '.'))}\n`);
} catch (error) {
  process.stderr.write(`packaging/build-deb: ${error.message}\n`);
  process.exitCode = error.code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
}
