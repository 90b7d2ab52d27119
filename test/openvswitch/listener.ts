import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startGroup, stopGroup } from '../processes/group.js';
import type { Namespace } from './namespace.js';

const python = '/usr/bin/python3';

const listen = `
import select, socket, sys
sockets = {}
for port in map(int, sys.argv[1:]):
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.bind(('', port))
    sockets[one] = port
print('ready', flush=True)
while True:
    for one in select.select(list(sockets), [], [])[0]:
        print(sockets[one], one.recv(100).decode(), flush=True)
`;

/** The data path is a program's and computes no checksums: the datagram goes without one, which UDP allows. */
const send = `
import socket, sys
one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
one.setsockopt(socket.SOL_SOCKET, 11, 1)  # SO_NO_CHECK
one.sendto(sys.argv[3].encode(), (sys.argv[1], int(sys.argv[2])))
`;

/** Sends one datagram from a guest. */
export async function sendDatagram(
  from: Namespace,
  address: string,
  port: number,
  text: string,
): Promise<void> {
  await from.run(python, '-c', send, address, String(port), text);
}

/** A program in a guest that hears datagrams. */
export class Listener implements AsyncDisposable {
  /** What has come, as `port text`. */
  readonly heard: string[] = [];
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  static async in(guest: Namespace, ...ports: readonly number[]): Promise<Listener> {
    const [command, args] = guest.command(python, ['-c', listen, ...ports.map(String)]);
    const process = startGroup(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const listener = new Listener(process);
    if (!process.stdout) throw new Error('the listener has no standard output');
    const lines = createInterface({ input: process.stdout });
    await once(lines, 'line');
    lines.on('line', (line) => listener.heard.push(line));
    return listener;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stopGroup(this.#process);
  }
}
