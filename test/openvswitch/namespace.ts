import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { systemCommands } from '@openstack-powervm/compute';

const limit = { timeoutMs: 30_000 };

/** Network devices and addresses of a machine of its own. */
export class Namespace implements AsyncDisposable {
  readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  static async make(role: string): Promise<Namespace> {
    const space = new Namespace(`powervm-test-${role}-${randomBytes(3).toString('hex')}`);
    await systemCommands.run('ip', ['netns', 'add', space.name], limit);
    await space.run('ip', 'link', 'set', 'dev', 'lo', 'up');
    return space;
  }

  /** A program with its arguments, as it is started in this namespace. */
  command(program: string, args: readonly string[]): [string, readonly string[]] {
    return ['ip', ['netns', 'exec', this.name, program, ...args]];
  }

  run(program: string, ...args: string[]): Promise<string> {
    return systemCommands.run(...this.command(program, args), limit);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await systemCommands.run('ip', ['netns', 'del', this.name], limit);
  }
}

/** Why namespaces cannot be made here, or undefined. */
export function whyNoNamespaces(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can make network namespaces';
  const probe = spawnSync('unshare', ['--net', 'ip', 'link', 'add', 'probe', 'type', 'veth']);
  return probe.status === 0 ? undefined : `no network namespaces with veth devices here: ${probe.stderr}`;
}
