import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** Why these tests cannot run here, or undefined. */
export const missing: string | undefined = existsSync(SERVER) ? undefined : `no RabbitMQ (${SERVER})`;

/**
 * A RabbitMQ of our own on loopback, with its own ports, data and port mapper, that can be stopped and started
 * again with an empty memory, as a non-replicated broker that crashed.
 */
export class PrivateBroker {
  readonly port: number;
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #portMapper: ChildProcess;
  #server: ChildProcess | undefined;

  private constructor(
    port: number,
    folder: string,
    environment: NodeJS.ProcessEnv,
    portMapper: ChildProcess,
  ) {
    this.port = port;
    this.#folder = folder;
    this.#environment = environment;
    this.#portMapper = portMapper;
  }

  static async start(): Promise<PrivateBroker> {
    const [port, distribution, mapper] = await freePorts(3);
    const folder = await mkdtemp(join(tmpdir(), 'private-rabbitmq-'));
    await writeFile(join(folder, 'plugins'), '[].\n');
    const environment = {
      ...process.env,
      HOME: folder,
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_EPMD_PORT: String(mapper),
      RABBITMQ_NODENAME: `test-${port}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_DIST_PORT: String(distribution),
      RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
        '+sbwt none +sbwtdcpu none +sbwtdio none +S 1:1 -kernel inet_dist_use_interface {127,0,0,1}',
    };
    const portMapper = spawn('epmd', ['-port', String(mapper), '-address', '127.0.0.1'], { stdio: 'ignore' });
    const broker = new PrivateBroker(port ?? 0, folder, environment, portMapper);
    await broker.up();
    return broker;
  }

  get url(): string {
    return `rabbit://guest:guest@127.0.0.1:${this.port}/`;
  }

  async up(): Promise<void> {
    const server = spawn(SERVER, { env: this.#environment, stdio: 'ignore', detached: true });
    this.#server = server;
    for (;;) {
      if (server.exitCode !== null)
        throw new Error(`RabbitMQ ended with ${server.exitCode}, see ${this.#folder}/log`);
      if (await answers(this.port)) return;
      await sleep(50);
    }
  }

  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server?.pid === undefined || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    // The server is a shell script with Erlang below it; both belong to the group that it leads.
    process.kill(-server.pid, 'SIGTERM');
    await ended;
    while (await answers(this.port)) await sleep(50);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
    this.#portMapper.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** True when an AMQP server greets on the port. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('AMQP\x00\x00\x09\x01'));
    socket.once('data', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('end', () => finish(false));
    const finish = (found: boolean): void => {
      socket.destroy();
      resolve(found);
    };
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
