import { readdir, readFile, readlink } from 'node:fs/promises';

/** State "listening" in /proc/net/tcp (proc(5)). */
const listening = '0A';

/** The socket inodes that listen on each port, over IPv4 and IPv6, whatever the address. */
async function listenersByPort(): Promise<Map<number, string>> {
  const inodes = new Map<number, string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      const port = local?.split(':')[1];
      if (state === listening && port && inode) inodes.set(Number.parseInt(port, 16), inode);
    }
  }
  return inodes;
}

async function holds(pid: string, inode: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return targets.includes(`socket:[${inode}]`);
}

async function describe(pid: string): Promise<string> {
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return `process ${pid} (${words.replaceAll('\0', ' ').trim().slice(0, 80)})`;
}

async function holderOf(inode: string): Promise<string> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (await holds(pid, inode)) return describe(pid);
  }
  return 'a process that this user may not see';
}

/** Those of the ports on which somebody listens already, each with who does. */
export async function takenPorts(ports: readonly number[]): Promise<Map<number, string>> {
  const inodes = await listenersByPort();
  const taken = new Map<number, string>();
  for (const port of ports) {
    const inode = inodes.get(port);
    if (inode !== undefined) taken.set(port, await holderOf(inode));
  }
  return taken;
}
