import { chmod, lstat, mkdir, rename, unlink } from 'node:fs/promises';
import { connect, type Server } from 'node:net';
import { dirname } from 'node:path';
import { BridgeError } from '../contract/errors.js';

/** Bytes of a socket path that every supported system takes (`sun_path` is 108 on Linux, 104 elsewhere). */
const LONGEST_PATH = 103;

/** Read and write for the owner and the group: nova-compute runs as another user of the same group. */
const SOCKET_MODE = 0o660;

/**
 * Makes `server` listen on a Unix socket. A socket file that nobody answers on is left over from a daemon that
 * died and is replaced; one that answers is another daemon's and is refused. The file appears under its name only
 * when its mode is set.
 */
export async function listenOnSocket(server: Server, path: string): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  if (Buffer.byteLength(temporary) > LONGEST_PATH)
    throw new BridgeError('PVM_SOCKET_PATH', `socket path is longer than ${LONGEST_PATH - 8} bytes: ${path}`);
  await refuseIfInUse(path);
  await mkdir(dirname(path), { recursive: true });
  await remove(temporary);
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(temporary, () => {
      server.off('error', failed);
      listening();
    });
  });
  await chmod(temporary, SOCKET_MODE);
  await rename(temporary, path);
}

/** Removes the socket file; a missing one is fine. */
export async function remove(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

async function refuseIfInUse(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket())
    throw new BridgeError(
      'PVM_SOCKET_PATH',
      `${path} exists and is not a socket; choose another path or remove it`,
    );
  if (await answers(path))
    throw new BridgeError(
      'PVM_SOCKET_IN_USE',
      `another compute daemon is listening on ${path}; stop it first or choose another path`,
    );
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}
