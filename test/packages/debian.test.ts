import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assertWorks, HostTree, repository, run } from './host-tree.js';

const noDebian = existsSync('/usr/bin/dpkg-deb') ? false : 'dpkg-deb is not installed';

describe('the Debian package', { skip: noDebian }, () => {
  let folder: HostTree;
  let file = '';
  before(() => {
    folder = new HostTree();
    file = run(join(repository, 'packaging/build-deb'), ['--output', folder.root]).trim();
  });
  after(() => folder[Symbol.dispose]());

  test('says what it is and needs, for every architecture', () => {
    const fields = run('dpkg-deb', ['--info', file]);
    assert.match(fields, /^ Package: openstack-powervm$/m);
    assert.match(fields, /^ Architecture: all$/m);
    assert.match(fields, /^ Depends: nodejs \(>= 20/m);
    assert.match(fields, /^ Installed-Size: \d{4,}$/m);
    const content = run('dpkg-deb', ['--contents', file]);
    assert.doesNotMatch(content, /\.(node|so)$/m, 'nothing compiled');
    for (const line of content.trimEnd().split('\n')) assert.match(line, / root\/root /);
  });

  test('is installed, works, and is removed without a trace', () => {
    using tree = new HostTree();
    const dpkg = (...args: string[]) =>
      run('dpkg', [`--root=${tree.root}`, '--force-not-root,script-chrootless,depends', ...args]);
    mkdirSync(tree.folder('var/lib/dpkg/updates'), { recursive: true });
    for (const name of ['info', 'triggers']) tree.folder('var/lib/dpkg', name);
    for (const name of ['status', 'available']) writeFileSync(tree.path('var/lib/dpkg', name), '');
    const own = () => tree.content.filter((name) => !name.startsWith('var'));
    const empty = own();
    dpkg('--install', file);
    assertWorks(tree);
    mkdirSync(tree.path('usr/lib/python3/dist-packages/openstack_powervm/__pycache__'));
    dpkg('--remove', 'openstack-powervm');
    assert.deepEqual(
      own(),
      ['etc', 'etc/default', 'etc/default/openstack-powervm'],
      'the configuration stays',
    );
    dpkg('--purge', 'openstack-powervm');
    assert.deepEqual(own(), empty);
  });
});
