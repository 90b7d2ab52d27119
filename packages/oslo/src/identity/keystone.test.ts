import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { describe, test } from 'node:test';
import { OsloError } from '../errors.js';
import { HttpClient } from '../http/client.js';
import { GlanceClient } from '../image/glance.js';
import { serve } from '../testing/http-server.js';
import { Keystone } from './keystone.js';

const credentials = {
  username: 'neutron',
  password: 'geheim',
  userDomainName: 'Default',
  projectName: 'service',
  projectDomainName: 'Default',
};

/** A cloud with Keystone and Glance at one address; tokens are t1, t2 … and only the newest is good. */
function cloud(lifetimeMs = 3_600_000): { logons: unknown[]; listener: RequestListener; revoke(): void } {
  const logons: unknown[] = [];
  let valid = '';
  const listener: RequestListener = (request, response) => {
    const base = `http://${request.headers.host}`;
    if (request.method !== 'POST') {
      if (request.headers['x-auth-token'] !== valid) response.writeHead(401).end('{}');
      else response.end(JSON.stringify({ id: 'i1', status: 'active', size: 1 }));
      return;
    }
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const body = JSON.parse(text);
      logons.push(body);
      if (body.auth.identity.password.user.password !== 'geheim') {
        response
          .writeHead(401)
          .end(JSON.stringify({ error: { message: 'The request requires authentication.' } }));
        return;
      }
      valid = `t${logons.length}`;
      const endpoints = ['public', 'internal'].map((kind) => ({
        interface: kind,
        region_id: 'RegionOne',
        url: `${base}/${kind}/`,
      }));
      const token = {
        expires_at: new Date(Date.now() + lifetimeMs).toISOString(),
        catalog: [{ type: 'image', endpoints }],
      };
      response.writeHead(201, { 'x-subject-token': valid }).end(JSON.stringify({ token }));
    });
  };
  return {
    logons,
    listener,
    revoke: () => {
      valid = 'revoked';
    },
  };
}

async function open(listener: RequestListener, password = 'geheim') {
  const server = await serve(listener);
  const http = new HttpClient();
  return {
    http,
    keystone: new Keystone(http, { ...credentials, password, authUrl: server.url }, { region: 'RegionOne' }),
    url: server.url,
    async [Symbol.asyncDispose]() {
      http.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('Keystone password logon', () => {
  test('one logon serves all who ask; the request is scoped to the project', async () => {
    const { listener, logons } = cloud();
    await using it = await open(listener);
    const image = it.keystone.service('image');
    const [first, second] = await Promise.all([image.current(), image.current()]);
    assert.deepEqual(first, { endpoint: `${it.url}/public`, token: 't1' });
    assert.deepEqual(second, first);
    assert.deepEqual(logons, [
      {
        auth: {
          identity: {
            methods: ['password'],
            password: { user: { name: 'neutron', domain: { name: 'Default' }, password: 'geheim' } },
          },
          scope: { project: { name: 'service', domain: { name: 'Default' } } },
        },
      },
    ]);
  });

  test('a token about to end is not used again', async () => {
    const { listener, logons } = cloud(30_000);
    await using it = await open(listener);
    await it.keystone.service('image').current();
    await it.keystone.service('image').current();
    assert.equal(logons.length, 2);
  });

  test('L-140 a token that the service refuses is replaced once', async () => {
    const { listener, logons, revoke } = cloud();
    await using it = await open(listener);
    const image = it.keystone.service('image');
    await image.current();
    revoke();
    assert.equal((await new GlanceClient(it.http).show(image, 'i1')).status, 'active');
    assert.equal(logons.length, 2);
  });

  test('a wrong password names user and URL, not the password', async () => {
    const { listener } = cloud();
    await using it = await open(listener, 'falsch');
    await assert.rejects(it.keystone.service('image').current(), (error) => {
      assert.ok(error instanceof OsloError);
      assert.equal(error.code, 'OSLO_AUTH_REFUSED');
      assert.match(error.message, /logon of neutron at http.*\/v3\/auth\/tokens.*requires authentication/);
      assert.doesNotMatch(error.message, /falsch/);
      return true;
    });
  });

  test('a service without endpoint says what the catalogue has', async () => {
    const { listener } = cloud();
    await using it = await open(listener);
    await assert.rejects(
      it.keystone.service('volumev3').current(),
      /no public volumev3 endpoint in region RegionOne; it has none/,
    );
    const elsewhere = new Keystone(it.http, { ...credentials, authUrl: `${it.url}/v3/` }, { region: 'Two' });
    await assert.rejects(
      elsewhere.service('image').current(),
      /it has public in RegionOne, internal in RegionOne/,
    );
  });

  test('something that is not Keystone', async () => {
    await using it = await open((_request, response) => response.writeHead(201).end('{}'));
    await assert.rejects(it.keystone.service('image').current(), /is this Keystone's URL\?/);
  });
});
