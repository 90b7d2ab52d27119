import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGroup, stopGroup } from '../processes/group.js';
import { closeTogether } from '../processes/joined-sockets.js';
import type { Namespace } from './namespace.js';

/** Listens on a port of its loopback, and passes every connection on to a socket in the file system. */
const farEnd = `
const { createServer, connect } = require('node:net');
const [port, path] = process.argv.slice(1);
createServer((near) => {
  const far = connect(path);
  near.pipe(far).pipe(near);
  for (const [one, other] of [[near, far], [far, near]]) one.on('error', () => {}).on('close', () => other.destroy());
}).listen(Number(port), '127.0.0.1');
`;

/**
 * Makes a port of this machine's loopback answer on the loopback of a namespace, too. Sockets in the file system are
 * the one thing that both see.
 */
export class LoopbackLine implements AsyncDisposable {
  readonly #folder: string;
  readonly #server: Server;
  readonly #process: ChildProcess;
  readonly #sockets = new Set<Socket>();

  private constructor(folder: string, server: Server, process: ChildProcess) {
    this.#folder = folder;
    this.#server = server;
    this.#process = process;
  }

  static async into(space: Namespace, port: number): Promise<LoopbackLine> {
    const folder = await mkdtemp(join(tmpdir(), 'loopback-line-'));
    const path = join(folder, 'line');
    const server = createServer().listen(path);
    await once(server, 'listening');
    const [command, args] = space.command(process.execPath, ['-e', farEnd, String(port), path]);
    const line = new LoopbackLine(folder, server, startGroup(command, args, { stdio: 'ignore' }));
    server.on('connection', (near) => line.#join(near, connect(port, '127.0.0.1')));
    return line;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stopGroup(this.#process);
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
    await rm(this.#folder, { recursive: true, force: true });
  }

  #join(near: Socket, far: Socket): void {
    near.pipe(far).pipe(near);
    closeTogether(this.#sockets, near, far);
  }
}
