import { type ChildProcess, execFile, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startGroup, stopGroup } from '../processes/group.js';
import { freePorts, missing as missingRabbit, PrivateBroker } from '../rabbitmq/private-broker.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../..');
const NEUTRON = '/usr/bin/neutron-server';
const MARIADB = '/usr/sbin/mariadbd';

/** Why neutron-server cannot be run here, or undefined. */
export const missing: string | undefined =
  missingRabbit ??
  [NEUTRON, MARIADB]
    .map((file) => (existsSync(file) ? undefined : `no ${file}`))
    .find((text) => text !== undefined) ??
  (process.getuid?.() === 0 ? undefined : 'not root');

const PASSWORD = 'neutron-test';

interface Folders {
  readonly base: string;
  readonly plugin: string;
  readonly config: string;
}

/**
 * A stock neutron-server with our mechanism drivers beside that of Open vSwitch, its database and its broker, all on loopback with ports and
 * folders of their own. There is no Keystone: the API lets everybody in as an administrator.
 */
export class PrivateNeutron implements AsyncDisposable {
  readonly rabbit: PrivateBroker;
  readonly configFile: string;
  readonly #folders: Folders;
  readonly #port: number;
  readonly #database: ChildProcess;
  #server: ChildProcess | undefined;

  private constructor(rabbit: PrivateBroker, folders: Folders, port: number, database: ChildProcess) {
    this.rabbit = rabbit;
    this.configFile = folders.config;
    this.#folders = folders;
    this.#port = port;
    this.#database = database;
  }

  static async start(): Promise<PrivateNeutron> {
    const base = await mkdtemp(join(tmpdir(), 'private-neutron-'));
    const folders = { base, plugin: join(base, 'plugin'), config: join(base, 'neutron.conf') };
    const [port = 0, databasePort = 0] = await freePorts(2);
    const rabbit = await PrivateBroker.start();
    const database = await startDatabase(base, databasePort);
    const neutron = new PrivateNeutron(rabbit, folders, port, database);
    try {
      await writeFile(folders.config, neutronConfig({ base, port, databasePort, transportUrl: rabbit.url }));
      await run('/usr/bin/python3', [join(root, 'python/install.py'), '--target', folders.plugin]);
      await run('/usr/bin/neutron-db-manage', ['--config-file', folders.config, 'upgrade', 'heads']);
      await neutron.up();
      return neutron;
    } catch (error) {
      await neutron[Symbol.asyncDispose]();
      throw error;
    }
  }

  async up(): Promise<void> {
    const log = openSync(join(this.#folders.base, 'neutron-server.out'), 'a');
    const environment = { ...process.env, PYTHONPATH: this.#folders.plugin };
    const server = startGroup('/usr/bin/python3', [NEUTRON, '--config-file', this.configFile], {
      env: environment,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#server = server;
    for (;;) {
      if (server.exitCode !== null)
        throw new Error(await readFile(join(this.#folders.base, 'neutron-server.out'), 'utf8'));
      const answer = await fetch(`http://127.0.0.1:${this.#port}/v2.0/agents`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(200);
    }
  }

  async down(): Promise<void> {
    await stopGroup(this.#server);
    this.#server = undefined;
  }

  /** One request to the Networking API; the body of the answer. */
  async api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/v2.0/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
    await stopGroup(this.#database);
    await this.rabbit[Symbol.asyncDispose]();
    await rm(this.#folders.base, { recursive: true, force: true });
  }
}

async function startDatabase(base: string, port: number): Promise<ChildProcess> {
  const folder = join(base, 'mysql');
  const socket = join(base, 'mysql.sock');
  await mkdir(folder);
  const install = ['--no-defaults', '--user=root', `--datadir=${folder}`, '--skip-test-db'];
  await run('/usr/bin/mariadb-install-db', [...install, '--auth-root-authentication-method=socket']);
  const options = [
    '--no-defaults',
    '--user=root',
    `--datadir=${folder}`,
    `--socket=${socket}`,
    `--port=${port}`,
  ];
  const fast = [
    '--bind-address=127.0.0.1',
    '--innodb-flush-log-at-trx-commit=0',
    '--skip-log-bin',
    '--skip-name-resolve',
  ];
  const server = startGroup(MARIADB, [...options, ...fast], { stdio: 'ignore' });
  const sql = `CREATE DATABASE neutron; CREATE USER neutron@'%' IDENTIFIED BY '${PASSWORD}'; GRANT ALL ON neutron.* TO neutron@'%';`;
  while (spawnSync('/usr/bin/mariadb', ['--no-defaults', `--socket=${socket}`, '-e', sql]).status !== 0) {
    if (server.exitCode !== null) throw new Error(`MariaDB ended with ${server.exitCode}`);
    await sleep(100);
  }
  return server;
}

interface ConfigFacts {
  readonly base: string;
  readonly port: number;
  readonly databasePort: number;
  readonly transportUrl: string;
}

function neutronConfig({ base, port, databasePort, transportUrl }: ConfigFacts): string {
  return `
[DEFAULT]
core_plugin = ml2
service_plugins =
auth_strategy = noauth
bind_host = 127.0.0.1
bind_port = ${port}
api_workers = 1
rpc_workers = 1
rpc_state_report_workers = 0
state_path = ${base}/state
api_paste_config = /etc/neutron/api-paste.ini
transport_url = ${transportUrl}
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = false
dhcp_agent_notification = false
agent_down_time = 10
[database]
connection = mysql+pymysql://neutron:${PASSWORD}@127.0.0.1:${databasePort}/neutron?charset=utf8mb4
[quotas]
default_quota = -1
quota_network = -1
quota_port = -1
[ml2]
type_drivers = vlan,flat,vxlan
tenant_network_types = vlan
mechanism_drivers = pvm_sea,pvm_sriov,openvswitch
extension_drivers = port_security
[ml2_type_vlan]
network_vlan_ranges = default:1000:1999,data:1000:1999
[ml2_type_flat]
flat_networks = *
[ml2_type_vxlan]
vni_ranges = 1:1000
[oslo_concurrency]
lock_path = ${base}/lock
[oslo_messaging_notifications]
driver = noop
`;
}
