import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { demonstrationImage } from '../cloud/image-content.js';

/** Id of the one image. */
export const imageId = 'demonstration';

/** The two addresses of Glance that the compute daemon asks, with one image behind them. */
export interface ImageServer extends AsyncDisposable {
  readonly endpoint: string;
  /** Size of the image, bytes. */
  readonly size: number;
}

function answer(content: Uint8Array): (request: IncomingMessage, response: ServerResponse) => void {
  const description = JSON.stringify({
    id: imageId,
    name: imageId,
    status: 'active',
    size: content.length,
    disk_format: 'raw',
    container_format: 'bare',
    os_hash_algo: 'sha512',
    os_hash_value: createHash('sha512').update(content).digest('hex'),
  });
  return (request, response) => {
    if (request.url === `/v2/images/${imageId}`) response.end(description);
    else if (request.url === `/v2/images/${imageId}/file`) response.end(content);
    else response.writeHead(404).end();
  };
}

/** Serves the demonstration image on a free port, where there is no Glance. */
export async function serveImage(): Promise<ImageServer> {
  const content = demonstrationImage();
  const server = createServer(answer(content)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the image server has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    size: content.length,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
