import { createServer, type Server, type Socket } from 'node:net';
import { reportError } from '../observe.js';
import type { Behaviour } from '../world/behaviour.js';
import { pathOf } from '../world/changes.js';
import type { AnyPartition } from '../world/partition.js';
import type { World } from '../world/world.js';
import { echoOf, outputOf } from './guest-output.js';
import { serveRfb } from './rfb-session.js';
import { Screen } from './screen.js';

export const terminalBehaviours: readonly Behaviour[] = [
  {
    id: 'terminal.vnc',
    does: 'the console of a partition is a VNC server on a free local port; opening it again names the same port and exit code 3',
    evidence: 'protocol reference 8.16',
  },
  {
    id: 'terminal.text',
    does: 'firmware and boot print a few lines, and what is typed is echoed',
    assumed: 'the texts are ours: no operating system runs',
  },
];

interface Terminal {
  readonly partition: AnyPartition;
  readonly server: Server;
  readonly port: number;
  readonly viewers: Set<Socket>;
}

/** The virtual terminals of the partitions: what `mkvterm` opens and `rmvterm` closes (protocol reference 8.16). */
export class Terminals {
  readonly #screens = new WeakMap<AnyPartition, Screen>();
  readonly #open = new Map<AnyPartition, Terminal>();

  constructor(world: World) {
    world.listeners.add((change) => {
      if (change.type !== 'MODIFY_URI' || !change.detail.includes('PartitionState')) return;
      const partition = [...change.system.partitions, ...change.system.vioses].find(
        (candidate) => pathOf(candidate) === change.path,
      );
      if (partition !== undefined) this.#screen(partition).write(outputOf(partition));
    });
  }

  /** Ports of the open terminals, by partition. */
  get open(): ReadonlyMap<AnyPartition, number> {
    return new Map([...this.#open].map(([partition, { port }]) => [partition, port]));
  }

  /** `already`: it was open; the port is that of the open one. */
  async start(partition: AnyPartition): Promise<{ port: number; already: boolean }> {
    const open = this.#open.get(partition);
    if (open !== undefined) return { port: open.port, already: true };
    const screen = this.#screen(partition);
    const viewers = new Set<Socket>();
    const server = createServer((socket) => {
      viewers.add(socket);
      socket.on('close', () => viewers.delete(socket));
      socket.on('error', () => socket.destroy());
      const onInput = (text: string): void => screen.write(echoOf(partition, text));
      serveRfb(socket, { screen, title: partition.name, onInput }).catch((error: unknown) =>
        reportError(error, `terminal of ${partition.name}`),
      );
    });
    const port = await listen(server);
    this.#open.set(partition, { partition, server, port, viewers });
    return { port, already: false };
  }

  /** False when it was not open. */
  async stop(partition: AnyPartition): Promise<boolean> {
    const terminal = this.#open.get(partition);
    if (terminal === undefined) return false;
    this.#open.delete(partition);
    for (const viewer of terminal.viewers) viewer.destroy();
    await new Promise<void>((resolve) => {
      terminal.server.close(() => resolve());
    });
    return true;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((partition) => this.stop(partition)));
  }

  /** It remembers what was printed before anyone looked. */
  #screen(partition: AnyPartition): Screen {
    const known = this.#screens.get(partition);
    if (known !== undefined) return known;
    const screen = new Screen();
    screen.write(outputOf(partition));
    this.#screens.set(partition, screen);
    return screen;
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the terminal has no port');
  return address.port;
}
