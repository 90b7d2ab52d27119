import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGroup, stopGroup } from '../processes/group.js';

const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** Why these tests cannot run here, or undefined. */
export const missing: string | undefined = existsSync(SERVER) ? undefined : `no RabbitMQ (${SERVER})`;

/** PEM files that a broker needs to listen with TLS. */
export interface ServerCertificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** Refuse clients without a certificate of the same authority. */
  readonly demandsClientCertificate?: boolean;
}

export interface BrokerOptions {
  /** Becomes the second node of this broker's cluster. */
  readonly joins?: PrivateBroker;
  /** Listens with TLS only. */
  readonly tls?: ServerCertificate;
}

/** What the nodes of one cluster share: the folder with Erlang's cookie, and the port mapper. */
interface Household {
  readonly folder: string;
  readonly mapperPort: number;
  /** The first node's; it lives as long as the household. */
  readonly portMapper: ChildProcess;
}

/**
 * A RabbitMQ of our own on loopback, with its own ports, data and port mapper, that can be stopped or killed and
 * started again. It forgets what is not durable, as a broker that crashed.
 */
export class PrivateBroker {
  readonly port: number;
  readonly #household: Household;
  readonly #ownsHousehold: boolean;
  readonly #environment: NodeJS.ProcessEnv;
  #server: ChildProcess | undefined;

  private constructor(
    port: number,
    household: Household,
    ownsHousehold: boolean,
    environment: NodeJS.ProcessEnv,
  ) {
    this.port = port;
    this.#household = household;
    this.#ownsHousehold = ownsHousehold;
    this.#environment = environment;
  }

  static async start({ joins, tls }: BrokerOptions = {}): Promise<PrivateBroker> {
    const [port = 0, distribution = 0] = await freePorts(2);
    const household = joins ? joins.#household : await foundHousehold();
    const folder = join(household.folder, `node-${port}`);
    const config = [
      ...(tls ? tlsListener(port, tls) : [`listeners.tcp.1 = 127.0.0.1:${port}`]),
      ...(joins ? clusterOf(joins.port, port) : []),
    ];
    await writeFile(`${folder}.conf`, `${config.join('\n')}\n`);
    await writeFile(`${folder}-plugins`, '[].\n');
    const environment = {
      ...process.env,
      HOME: household.folder,
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_EPMD_PORT: String(household.mapperPort),
      RABBITMQ_NODENAME: nodeName(port),
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_DIST_PORT: String(distribution),
      RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_CONFIG_FILE: `${folder}.conf`,
      RABBITMQ_ENABLED_PLUGINS_FILE: `${folder}-plugins`,
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
        '+sbwt none +sbwtdcpu none +sbwtdio none +S 1:1 -kernel inet_dist_use_interface {127,0,0,1}',
    };
    const broker = new PrivateBroker(port, household, joins === undefined, environment);
    await broker.up();
    return broker;
  }

  get url(): string {
    return `rabbit://guest:guest@127.0.0.1:${this.port}/`;
  }

  async up(): Promise<void> {
    const server = startGroup(SERVER, [], { env: this.#environment, stdio: 'ignore' });
    this.#server = server;
    for (;;) {
      if (server.exitCode !== null)
        throw new Error(`RabbitMQ ended with ${server.exitCode}, see ${this.#household.folder}`);
      if (await listens(this.port)) return;
      await sleep(50);
    }
  }

  /** Stops it in good order. */
  down(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Takes it away without a goodbye. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Lets it hold its connections without a word, like a machine that hangs, until it may go on. */
  freeze(): Disposable {
    const group = this.#server?.pid;
    if (group === undefined) throw new Error('the broker is not running');
    process.kill(-group, 'SIGSTOP');
    return { [Symbol.dispose]: () => process.kill(-group, 'SIGCONT') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
    if (!this.#ownsHousehold) return;
    await stopGroup(this.#household.portMapper);
    await rm(this.#household.folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    // The server is a shell script with Erlang below it; both belong to the group that it leads.
    await stopGroup(server, signal);
    while (await listens(this.port)) await sleep(50);
  }
}

async function foundHousehold(): Promise<Household> {
  const [mapperPort = 0] = await freePorts(1);
  const folder = await mkdtemp(join(tmpdir(), 'private-rabbitmq-'));
  const portMapper = startGroup('epmd', ['-port', String(mapperPort), '-address', '127.0.0.1'], {
    stdio: 'ignore',
  });
  return { folder, mapperPort, portMapper };
}

function nodeName(port: number): string {
  return `test-${port}@localhost`;
}

function clusterOf(...ports: readonly number[]): string[] {
  return [
    'cluster_formation.peer_discovery_backend = classic_config',
    'cluster_formation.randomized_startup_delay_range.min = 0',
    'cluster_formation.randomized_startup_delay_range.max = 0',
    ...ports.map((port, n) => `cluster_formation.classic_config.nodes.${n + 1} = ${nodeName(port)}`),
  ];
}

function tlsListener(port: number, { ca, cert, key, demandsClientCertificate }: ServerCertificate): string[] {
  return [
    'listeners.tcp = none',
    `listeners.ssl.1 = 127.0.0.1:${port}`,
    `ssl_options.cacertfile = ${ca}`,
    `ssl_options.certfile = ${cert}`,
    `ssl_options.keyfile = ${key}`,
    `ssl_options.verify = ${demandsClientCertificate ? 'verify_peer' : 'verify_none'}`,
    `ssl_options.fail_if_no_peer_cert = ${demandsClientCertificate === true}`,
  ];
}

/** True when something accepts connections on the port; a broker listens last, when it is ready. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const finish = (found: boolean): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  return servers.map((server) => {
    const address = server.address();
    server.close();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
}
