import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const repository = resolve(import.meta.dirname, '../../..');

/** A folder that stands for the root of a host, removed at the end. */
export class HostTree implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'powervm-host-'));

  /** A path on that host. */
  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  folder(...parts: string[]): string {
    const path = this.path(...parts);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Everything there is, folders too. */
  get content(): string[] {
    return readdirSync(this.root, { recursive: true, encoding: 'utf8' }).sort();
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Runs a program and returns what it printed; what it says of an error is in the error. */
export function run(
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): string {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('POWERVM_'));
  return execFileSync(command, args, {
    cwd: repository,
    encoding: 'utf8',
    env: { ...Object.fromEntries(inherited), ...environment },
  });
}

/** What every installation must be able to do, wherever it is. */
export function assertWorks(tree: HostTree): void {
  assert.match(run(tree.path('usr/bin/powervm'), ['--version']), /^\d+\.\d+\.\d+\n$/);
  assert.match(run(tree.path('usr/bin/powervm'), ['lpar', 'list', '--help']), /Exit status:/);
  const python = tree.path('usr/lib/python3/dist-packages');
  const program = 'import openstack_powervm.contract as c; print(len(c.options()))';
  assert.match(run('python3', ['-B', '-c', program], { PYTHONPATH: python }), /^\d\d+\n$/);
  assert.ok(tree.content.includes('usr/lib/python3/dist-packages/nova/virt/powervm_ext/driver.py'));
  assert.ok(tree.content.includes('usr/share/doc/openstack-powervm/examples/nova-powervm.conf.sample'));
  assert.ok(
    !tree.content.some((name) => /@openstack-powervm.*\.test\.|__pycache__/.test(name)),
    'nothing that a host does not need',
  );
}
