import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { HttpClient } from './client.js';

const body = Buffer.alloc(640 * 1024, 'a');

/** A server that ends its connection behind each answer, as HTTP/1.0 servers and many proxies do. */
async function closingServer(answer: Buffer) {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`);
      socket.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Reads more slowly than the server sends, so that the client must hold the connection back. */
async function readSlowly(url: string): Promise<number> {
  const client = new HttpClient();
  try {
    let bytes = 0;
    const response = await client.send({ method: 'GET', url, timeoutMs: 10_000 });
    for await (const chunk of response.body()) {
      bytes += chunk.length;
      await pause(5);
    }
    return bytes;
  } finally {
    client.close();
  }
}

test('a server that hangs up behind its answer does not end the process of a slow reader', async () => {
  const server = await closingServer(body);
  try {
    assert.equal(await readSlowly(server.url), body.length);
  } finally {
    await server.close();
  }
});

test('an answer that was cut short is an error, not a short body', async () => {
  const server = await closingServer(body.subarray(1000));
  try {
    await assert.rejects(readSlowly(server.url));
  } finally {
    await server.close();
  }
});
