import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { filesBelow, layOut, places } from './layout.mjs';

const help = `Usage: packaging/install [--destdir DIR] [--remove]

Puts the powervm command with daemon and agents, the plug-in for Nova and Neutron, systemd units and samples on this
host, where a Debian package would put them. Run npm ci && npm run build first. Nothing is started or enabled.

  --destdir DIR   put everything below DIR (also: the variable DESTDIR)
  --remove        take away what was put there; an /etc/default/openstack-powervm that was edited stays

Exit status: 0 done, 1 failed, 2 wrong usage.
`;

/** What an installation consists of, so that the removal takes exactly that. */
const manifest = join(places.code, 'manifest');

function install(root) {
  if (existsSync(join(root, manifest))) remove(root);
  const staging = mkdtempSync(join(tmpdir(), 'openstack-powervm-'));
  try {
    layOut(staging);
    const files = filesBelow(staging);
    refuseStrangers(root, files);
    for (const file of files) put(staging, root, file);
    writeFileSync(join(root, manifest), [...files, manifest, ''].join('\n'));
    return files.length;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Files of a Debian package or of somebody else are not overwritten. */
function refuseStrangers(root, files) {
  const there = files.filter((file) => file !== places.defaults && isThere(join(root, file)));
  if (there.length > 0)
    throw new Error(
      `${join(root, there[0])} and ${there.length - 1} more files are there already, from a Debian package or by hand; ` +
        'remove them first',
    );
}

function put(staging, root, file) {
  if (file === places.defaults && existsSync(join(root, file))) return; // the operator's
  mkdirSync(dirname(join(root, file)), { recursive: true });
  cpSync(join(staging, file), join(root, file), { verbatimSymlinks: true });
}

function remove(root) {
  const path = join(root, manifest);
  if (!existsSync(path)) throw new Error(`nothing is installed below ${root || '/'}: there is no ${path}`);
  const files = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  for (const file of files.filter((each) => each !== places.defaults || isUnchanged(root)))
    rmSync(join(root, file), { force: true });
  for (const file of files) removeEmpty(root, dirname(file));
  return files.length;
}

function isUnchanged(root) {
  const shipped = join(import.meta.dirname, '../default/openstack-powervm');
  const path = join(root, places.defaults);
  return existsSync(path) && readFileSync(path, 'utf8') === readFileSync(shipped, 'utf8');
}

/** Folders that nothing is in any more; what Python has compiled there goes too. */
function removeEmpty(root, folder) {
  const path = join(root, folder);
  if (folder === '.' || !existsSync(path)) return;
  if (isOursAlone(folder)) rmSync(join(path, '__pycache__'), { recursive: true, force: true });
  if (readdirSync(path).length > 0) return;
  rmdirSync(path);
  removeEmpty(root, dirname(folder));
}

function isOursAlone(folder) {
  return folder.startsWith(places.python) && /openstack_powervm|powervm_ext/.test(folder);
}

function isThere(path) {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function main() {
  const { values } = parseArgs({
    options: { destdir: { type: 'string' }, remove: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return process.stdout.write(help);
  const destination = values.destdir ?? process.env['DESTDIR'];
  const root = destination === undefined ? '/' : resolve(destination);
  const count = values.remove ? remove(root) : install(root);
  process.stdout.write(`${count} files ${values.remove ? 'removed from' : 'installed below'} ${root}\n`);
  if (!values.remove && root === '/')
    process.stdout.write(
      'next: edit nova.conf, powervm compute check, systemctl daemon-reload, systemctl enable --now openstack-powervm-compute\n',
    );
}

try {
  main();
} catch (error) {
  process.stderr.write(`packaging/install: ${error.message}\n`);
  process.exitCode = error.code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
}
