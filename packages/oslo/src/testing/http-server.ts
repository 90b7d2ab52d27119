import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

export interface TestServer extends AsyncDisposable {
  readonly url: string;
}

/** A server on a free loopback port that does exactly what the test says. */
export async function serve(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
