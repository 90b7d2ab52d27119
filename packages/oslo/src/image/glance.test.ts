import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { OsloError, type OsloErrorCode } from '../errors.js';
import { HttpClient } from '../http/client.js';
import { serve } from '../testing/http-server.js';
import { GlanceClient } from './glance.js';

const TOKEN = 'gAAAAA-secret-token';
const DATA = Buffer.alloc(300_000, 'powervm');
const sha512 = (data: Uint8Array): string => createHash('sha512').update(data).digest('hex');

const record = (changes: object = {}) => ({
  id: 'i1',
  name: 'disk',
  status: 'active',
  size: DATA.length,
  disk_format: 'raw',
  container_format: 'bare',
  os_hash_algo: 'sha512',
  os_hash_value: sha512(DATA),
  ...changes,
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Glance's two addresses of one image. */
function glance(image: object, file: Answer = (_request, response) => response.end(DATA)): RequestListener {
  return (request, response) => {
    if (request.url === '/v2/images/i1') response.end(JSON.stringify(image));
    else if (request.url === '/v2/images/i1/file') file(request, response);
    else
      response
        .writeHead(404)
        .end('<html><title>404 Not Found</title><h1>404</h1>No image found with ID</html>');
  };
}

/** A client and an access to the server that the listener describes. */
async function open(listener: RequestListener, idleTimeoutMs = 5000) {
  const server = await serve(listener);
  const http = new HttpClient({ idleTimeoutMs });
  return {
    glance: new GlanceClient(http),
    access: { endpoint: `${server.url}/v2/`, token: TOKEN },
    async [Symbol.asyncDispose]() {
      http.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function read(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const refused = (code: OsloErrorCode, pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof OsloError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, pattern);
  assert.ok(!error.message.includes(TOKEN));
  return true;
};

async function* halves(data: Buffer): AsyncGenerator<Uint8Array> {
  yield data.subarray(0, data.length / 2);
  yield data.subarray(data.length / 2);
}

describe('Glance download', () => {
  test('the bytes and the size, with the user’s token', async () => {
    const tokens: unknown[] = [];
    const listener = glance(record());
    await using it = await open((request, response) => {
      tokens.push(request.headers['x-auth-token']);
      listener(request, response);
    });
    const image = await it.glance.open(it.access, 'i1');
    assert.equal(image.size, DATA.length);
    assert.ok((await read(image.body)).equals(DATA));
    assert.deepEqual(tokens, [TOKEN, TOKEN]);
  });

  test('the server waits for a slow reader', async () => {
    const total = 64 * 1024 * 1024;
    let sent = 0;
    const block = Buffer.alloc(65_536);
    const pump: Answer = (_request, response) => {
      const more = (): void => {
        while (sent < total) {
          sent += block.length;
          if (!response.write(block)) {
            response.once('drain', more);
            return;
          }
        }
        response.end();
      };
      more();
    };
    await using it = await open(glance(record({ size: total, os_hash_value: null, checksum: null }), pump));
    const image = await it.glance.open(it.access, 'i1');
    for await (const _chunk of image.body) {
      await sleep(50);
      break;
    }
    assert.ok(sent < total / 2, `${sent} bytes were sent to a reader that took one chunk`);
  });

  const broken: readonly [string, RequestListener, OsloErrorCode, RegExp][] = [
    [
      'other bytes than promised',
      glance(record({ os_hash_value: '00' })),
      'OSLO_IMAGE_CORRUPT',
      /sha512 checksum is .*promised 00/,
    ],
    [
      'a wrong MD5 where there is no stronger hash',
      glance(record({ os_hash_algo: null, checksum: '00' })),
      'OSLO_IMAGE_CORRUPT',
      /md5/,
    ],
    [
      'fewer bytes than promised',
      glance(record({ size: DATA.length + 1 })),
      'OSLO_IMAGE_CORRUPT',
      /300000 bytes arrived, but Glance promised 300001/,
    ],
    [
      'a connection that breaks off',
      glance(record(), (_request, response) => {
        response.writeHead(200, { 'content-length': DATA.length });
        response.write(DATA.subarray(0, 1000), () => response.destroy());
      }),
      'OSLO_HTTP_UNREACHABLE',
      /broke off after 1000 of 300000 bytes/,
    ],
    [
      'a transfer that stands still',
      glance(record(), (_request, response) => {
        response.write(DATA.subarray(0, 1000));
      }),
      'OSLO_HTTP_TIMEOUT',
      /broke off after 1000 of 300000 bytes/,
    ],
    [
      'no data',
      glance(record(), (_request, response) => response.writeHead(204).end()),
      'OSLO_IMAGE_NOT_READY',
      /no data/,
    ],
    [
      'an image still being saved',
      glance(record({ status: 'saving' })),
      'OSLO_IMAGE_NOT_READY',
      /status is saving/,
    ],
    [
      'an expired token',
      (_request, response) => response.writeHead(401).end(`bad token ${'x'.repeat(10)}`),
      'OSLO_AUTH_REFUSED',
      /status 401/,
    ],
    [
      'a deactivated image',
      glance(record(), (_request, response) =>
        response.writeHead(403).end(JSON.stringify({ message: 'The requested image has been deactivated' })),
      ),
      'OSLO_HTTP_STATUS',
      /status 403: The requested image has been deactivated/,
    ],
  ];
  for (const [name, listener, code, pattern] of broken) {
    test(`refused: ${name}`, async () => {
      await using it = await open(listener, 300);
      await assert.rejects(
        async () => read((await it.glance.open(it.access, 'i1')).body),
        refused(code, pattern),
      );
    });
  }

  test('an unknown image is named', async () => {
    await using it = await open(glance(record()));
    const attempt = it.glance.open(it.access, 'other');
    await assert.rejects(
      attempt,
      refused('OSLO_IMAGE_NOT_FOUND', /image other.*404: 404 No image found with ID/),
    );
  });

  test('nobody listens', async () => {
    const server = await serve(() => {});
    await server[Symbol.asyncDispose]();
    const http = new HttpClient();
    const attempt = new GlanceClient(http).show({ endpoint: server.url, token: TOKEN }, 'i1');
    await assert.rejects(attempt, refused('OSLO_HTTP_UNREACHABLE', /GET http.*ECONNREFUSED/));
    http.close();
  });

  test('an answer that does not begin ends at the time limit, or when it is abandoned', async () => {
    await using it = await open(() => {});
    await assert.rejects(
      it.glance.show(it.access, 'i1', { timeoutMs: 100 }),
      refused('OSLO_HTTP_TIMEOUT', /GET/),
    );
    const controller = new AbortController();
    const abandoned = it.glance.show(it.access, 'i1', { signal: controller.signal });
    controller.abort();
    await assert.rejects(abandoned, refused('OSLO_ABORTED', /GET/));
  });
});

describe('Glance upload', () => {
  test('the bytes arrive as they were', async () => {
    let received: Buffer | undefined;
    const listener = glance(record({ status: 'queued', size: null }), (request, response) => {
      assert.equal(request.method, 'PUT');
      assert.equal(request.headers['content-length'], String(DATA.length));
      void read(request).then((data) => {
        received = data;
        response.writeHead(204).end();
      });
    });
    await using it = await open(listener);
    await it.glance.upload(it.access, 'i1', { size: DATA.length, body: halves(DATA) });
    assert.ok(received?.equals(DATA));
  });

  test('an image that has data already is refused before a byte is sent', async () => {
    await using it = await open(glance(record()));
    const attempt = it.glance.upload(it.access, 'i1', { size: 1, body: halves(DATA) });
    await assert.rejects(attempt, refused('OSLO_IMAGE_NOT_READY', /takes no data: its status is active/));
  });

  test('a source that ends early, is too long or stands still ends the upload', async () => {
    const listener = glance(record({ status: 'queued' }), (request) => request.resume());
    await using it = await open(listener, 300);
    const short = it.glance.upload(it.access, 'i1', { size: DATA.length + 1, body: halves(DATA) });
    await assert.rejects(short, refused('OSLO_IMAGE_CORRUPT', /has 300000 of the promised 300001 bytes/));
    const long = it.glance.upload(it.access, 'i1', { size: DATA.length - 1, body: halves(DATA) });
    await assert.rejects(long, refused('OSLO_IMAGE_CORRUPT', /more than the promised 299999 bytes/));
    const silent = async function* () {
      yield DATA;
      await sleep(60_000, undefined, { ref: false });
    };
    const stalled = it.glance.upload(it.access, 'i1', { size: DATA.length * 2, body: silent() });
    await assert.rejects(
      stalled,
      refused('OSLO_HTTP_TIMEOUT', /upload of image i1: nothing moved for 0\.3 s/),
    );
  });

  test('an error of the source is what the caller sees', async () => {
    await using it = await open(glance(record({ status: 'queued' }), (request) => request.resume()));
    const failing = async function* () {
      yield DATA;
      throw new Error('the disk cannot be read');
    };
    const attempt = it.glance.upload(it.access, 'i1', { size: DATA.length * 2, body: failing() });
    await assert.rejects(attempt, /the disk cannot be read/);
  });
});

/** Keystone's middleware in front of Glance: an expired token of a user passes with a service token. */
const expired =
  (inner: RequestListener): RequestListener =>
  (request, response) => {
    if (request.headers['x-service-token'] === SERVICE_TOKEN) inner(request, response);
    else response.writeHead(401).end('The request you have made requires authentication.');
  };
const SERVICE_TOKEN = 'gAAAAB-service-token';

describe('Glance with a service token', () => {
  test('what a user may not any more, the service may for him: download and upload', async () => {
    const received: Buffer[] = [];
    const store: Answer = (request, response) => {
      request.on('data', (chunk) => received.push(chunk)).on('end', () => response.writeHead(204).end());
    };
    await using source = await open(expired(glance(record())));
    await using target = await open(expired(glance(record({ status: 'queued', size: null }), store)));
    const { body, size } = await source.glance.open({ ...source.access, serviceToken: SERVICE_TOKEN }, 'i1');
    await target.glance.upload({ ...target.access, serviceToken: SERVICE_TOKEN }, 'i1', { body, size });
    assert.deepEqual(Buffer.concat(received), DATA);
  });

  test('without one an expired token ends an upload before its first byte, with an error without tokens', async () => {
    await using it = await open(expired(glance(record({ status: 'queued' }))));
    const stream = { size: DATA.length, body: halves(DATA) };
    for (const access of [it.access, { ...it.access, serviceToken: 'gAAAAB-another' }])
      await assert.rejects(it.glance.upload(access, 'i1', stream), (error) => {
        assert.ok(error instanceof OsloError && !error.message.includes('gAAAAB-another'));
        return refused('OSLO_AUTH_REFUSED', /image i1/)(error);
      });
  });
});
