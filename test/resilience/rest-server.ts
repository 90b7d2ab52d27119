import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorldSnapshot } from '@openstack-powervm/simulator';
import { startGroup, stopGroup } from '../processes/group.js';
import { freePorts } from '../rabbitmq/private-broker.js';

const powervm = resolve(import.meta.dirname, '../../../packages/cli/dist/main.js');

/** `powervm simulate` as a program: it can be killed, and goes on with the state that it kept. */
export class RestServer implements AsyncDisposable {
  readonly url: string;
  readonly #port: number;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#folder = folder;
  }

  static async start(): Promise<RestServer> {
    const [port = 0] = await freePorts(1);
    const server = new RestServer(port, await mkdtemp(join(tmpdir(), 'rest-server-')));
    await server.up();
    return server;
  }

  async up(): Promise<void> {
    const place = ['--port', String(this.#port), '--state', join(this.#folder, 'state')];
    const args = [powervm, 'simulate', '--site', 'one-host', ...place];
    const child = startGroup(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    this.#process = child;
    while (!(await this.#answers())) {
      if (child.exitCode !== null) throw new Error(`the simulator ended with ${child.exitCode}`);
      await sleep(50);
    }
  }

  /** As `kill -9`: it gets no chance to finish anything. */
  async kill(): Promise<void> {
    await stopGroup(this.#process, 'SIGKILL');
  }

  /** The next question about a job is answered late, so that what the job does is seen before its end is told. */
  async delayNextJob(ms: number): Promise<void> {
    const rule = { method: 'GET', path: '/rest/api/uom/jobs/*', count: 1, effect: { kind: 'delay', ms } };
    const answer = await fetch(`${this.url}/simulator/faults`, {
      method: 'PUT',
      body: JSON.stringify(rule),
    });
    if (!answer.ok) throw new Error(`the fault rule was refused: ${await answer.text()}`);
  }

  async world(): Promise<WorldSnapshot> {
    return JSON.parse(await (await fetch(`${this.url}/simulator/world`)).text());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stopGroup(this.#process);
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    const answer = await fetch(`${this.url}/simulator/about`).catch(() => undefined);
    return answer?.ok === true;
  }
}
