import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { publishedFiles } from './published-files.mjs';

export const repository = resolve(import.meta.dirname, '../..');

/** Where things are on a host; all below the root, which is `/`, DESTDIR or the tree of a package. */
export const places = {
  code: 'usr/lib/openstack-powervm',
  command: 'usr/bin/powervm',
  python: 'usr/lib/python3/dist-packages',
  units: 'usr/lib/systemd/system',
  documents: 'usr/share/doc/openstack-powervm',
  defaults: 'etc/default/openstack-powervm',
};

const documents = [
  ...['operator-guide', 'user-guide', 'operations', 'configuration', 'cli', 'troubleshooting'],
  ...['networking', 'open-vswitch', 'message-bus', 'console', 'installation-python', 'support-matrix'],
];

/** Lays the whole product out below a root that is empty or does not hold it yet. */
export function layOut(root) {
  layOutCode(root);
  layOutPython(root);
  copy('packaging/systemd', join(root, places.units));
  copy('packaging/default/openstack-powervm', join(root, places.defaults));
  copy('packaging/etc', join(root, places.documents, 'examples'));
  copy('LICENSE', join(root, places.documents, 'copyright'));
  copy('CHANGELOG.md', join(root, places.documents, 'CHANGELOG.md'));
  for (const name of documents) copy(`docs/${name}.md`, join(root, places.documents, `${name}.md`));
}

function layOutCode(root) {
  const modules = join(root, places.code, 'node_modules');
  const { own, others } = publishedFiles(repository);
  for (const { from, to } of [...own, ...others]) {
    mkdirSync(dirname(join(modules, to)), { recursive: true });
    cpSync(from, join(modules, to), { recursive: true, dereference: true });
  }
  const main = join('node_modules', '@openstack-powervm/cli/dist/main.js');
  chmodSync(join(root, places.code, main), 0o755);
  mkdirSync(join(root, dirname(places.command)), { recursive: true });
  symlinkSync(join('../lib/openstack-powervm', main), join(root, places.command));
}

/** The plug-in on Debian's own search path, with the driver's name beside the drivers of Nova. */
function layOutPython(root) {
  const target = join(root, places.python);
  execFileSync('python3', [join(repository, 'python/install.py'), '--target', target], { stdio: 'ignore' });
  rmSync(join(target, 'bin'), { recursive: true }); // the launcher is for a Nova that is not packaged
  copy('python/src/openstack_powervm/virt/powervm_ext', join(target, 'nova/virt/powervm_ext'));
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(repository, from), to, {
    recursive: true,
    filter: (source) => !source.endsWith('__pycache__'),
  });
}

/** Paths of all files and links below a folder, relative to it. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}
