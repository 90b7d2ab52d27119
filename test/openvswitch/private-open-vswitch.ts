import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCommands } from '@openstack-powervm/compute';
import { startGroup, stopGroup } from '../processes/group.js';
import type { Namespace } from './namespace.js';

const SERVER = '/usr/sbin/ovsdb-server';
const SWITCH = '/usr/sbin/ovs-vswitchd';
const SCHEMA = '/usr/share/openvswitch/vswitch.ovsschema';
const limit = { timeoutMs: 30_000 };

/** Why Open vSwitch cannot take part, or undefined. */
export const missingOpenVSwitch: string | undefined = [SERVER, SWITCH, SCHEMA].every((path) =>
  existsSync(path),
)
  ? undefined
  : `no Open vSwitch (${SWITCH})`;

/** A real Open vSwitch with the user-space data path, its own database and run folder, inside a namespace. */
export class PrivateOpenVSwitch implements AsyncDisposable {
  readonly #space: Namespace;
  readonly #folder: string;
  #processes: ChildProcess[] = [];

  private constructor(space: Namespace, folder: string) {
    this.#space = space;
    this.#folder = folder;
  }

  static async start(space: Namespace, bridges: readonly string[]): Promise<PrivateOpenVSwitch> {
    const ovs = new PrivateOpenVSwitch(space, await mkdtemp(join(tmpdir(), 'private-ovs-')));
    await ovs.up(bridges);
    return ovs;
  }

  /** For `ovsdb_connection`. */
  get database(): string {
    return `unix:${join(this.#folder, 'db.sock')}`;
  }

  /** For programs that are to find the sockets of its bridges by the bridges' names, as `ovs-ofctl` does. */
  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, OVS_RUNDIR: this.#folder, OVS_LOGDIR: this.#folder };
  }

  /** For `ovs-ofctl`. */
  managementOf(bridge: string): string {
    return `unix:${join(this.#folder, `${bridge}.mgmt`)}`;
  }

  vsctl(...args: string[]): Promise<string> {
    return systemCommands.run('ovs-vsctl', [`--db=${this.database}`, '--timeout=20', ...args], limit);
  }

  /** Starts with an empty database, as after a boot that has lost everything. */
  async up(bridges: readonly string[]): Promise<void> {
    const [file, socket] = [join(this.#folder, 'conf.db'), join(this.#folder, 'db.sock')];
    await rm(file, { force: true });
    await systemCommands.run('ovsdb-tool', ['create', file, SCHEMA], limit);
    const server = [file, `--remote=punix:${socket}`, `--unixctl=${join(this.#folder, 'server.ctl')}`];
    this.#start(SERVER, server);
    while (!existsSync(socket)) await sleep(20);
    await this.vsctl('--no-wait', 'init');
    this.#start(SWITCH, [`unix:${socket}`, `--unixctl=${join(this.#folder, 'switch.ctl')}`]);
    for (const bridge of bridges)
      await this.vsctl('add-br', bridge, '--', 'set', 'Bridge', bridge, 'datapath_type=netdev');
  }

  async down(): Promise<void> {
    const running = this.#processes;
    this.#processes = [];
    await Promise.all(running.map((process) => stopGroup(process)));
    await rm(join(this.#folder, 'db.sock'), { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #start(program: string, args: readonly string[]): void {
    const [command, inside] = this.#space.command(program, [...args, '--no-chdir', '-vconsole:off']);
    this.#processes.push(startGroup(command, inside, { stdio: 'ignore', env: this.environment }));
  }
}
