import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { HostTree, repository, run } from './host-tree.js';

const names = readdirSync(`${repository}/packages`);

describe('the packages as npm would publish them, installed elsewhere', () => {
  let tree: HostTree;
  let simulator: ChildProcess | undefined;
  before(() => {
    tree = new HostTree();
    const packs = tree.folder('packs');
    const workspaces = names.flatMap((name) => ['--workspace', `@openstack-powervm/${name}`]);
    run('npm', ['pack', '--silent', '--pack-destination', packs, ...workspaces]);
    const files = readdirSync(packs).map((name) => `${packs}/${name}`);
    writeFileSync(`${tree.folder('app')}/package.json`, '{"private":true,"type":"module"}');
    const quietly = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--silent'];
    run('npm', ['install', '--prefix', tree.path('app'), ...quietly, ...files]);
  });
  after(() => {
    simulator?.kill();
    tree[Symbol.dispose]();
  });

  for (const name of names)
    test(`${name} can be imported`, () => {
      const program = `const all = await import('@openstack-powervm/${name}'); console.log(Object.keys(all).length)`;
      writeFileSync(tree.path('app', `${name}.js`), program);
      assert.match(run(process.execPath, [tree.path('app', `${name}.js`)]), /^[1-9]\d*\n$/);
    });

  test('powervm serves a simulated system and lists what is on it', async () => {
    const command = tree.path('app/node_modules/.bin/powervm');
    simulator = spawn(command, ['simulate', '--site', 'one-host', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = await addressOf(simulator);
    const rows: { name: string }[] = JSON.parse(run(command, ['vios', 'list', '--json', '--endpoint', url]));
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['vios1', 'vios2'],
    );
  });
});

/** The address that a simulator prints when it is ready. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
  assert.ok(stdout);
  for await (const line of createInterface({ input: stdout })) {
    const url = /^system \S+ at (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('the simulator has ended');
}
