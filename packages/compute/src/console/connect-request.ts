import type { Socket } from 'node:net';
import { BadPeer, Incoming } from './incoming.js';

/** How long the request may take, milliseconds (CON-2). */
export const connectLimitMs = 1_000;

/** The longest path (CON-2). */
const longestPath = 500;

const longestRequest = 'CONNECT '.length + longestPath + ' HTTP/1.1\r\n\r\n'.length;

/**
 * Reads the request line with which a client says whose terminal it wants, and answers it: 200 when `find` knows the
 * path, 400 otherwise. Gives what was found; undefined when the client was refused (CON-2).
 */
export async function answerConnect<T>(
  socket: Socket,
  find: (path: string) => T | undefined,
  limitMs = connectLimitMs,
): Promise<T | undefined> {
  const text = await new Incoming(socket, limitMs)
    .takeUntil('\r\n\r\n', longestRequest)
    .catch((error: unknown) => {
      if (error instanceof BadPeer) return '';
      throw error;
    });
  const [, path = '', version = '1.1'] = /^CONNECT (\S+) HTTP\/(\d\.\d)\r\n\r\n$/.exec(text) ?? [];
  const found = path === '' || path.length > longestPath ? undefined : find(path);
  if (found === undefined) socket.end(`HTTP/${version} 400 Bad Request\r\n\r\n`);
  else socket.write(`HTTP/${version} 200 OK\r\n\r\n`);
  return found;
}
