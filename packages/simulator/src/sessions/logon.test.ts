import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';
import { readDocument } from '@openstack-powervm/atom';
import { defaultSystem } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import { Api, refusal, value } from '../testing/api.js';
import { fileLogonBody, logonBody } from '../testing/bodies.js';

const LOGON = '/rest/api/web/Logon';

test('a password logon answers bare XML with a token, and says that this is NovaLink', async (t) => {
  const api = await Api.start(t);
  const answer = await api.send('PUT', LOGON, { body: logonBody('pvmadmin', 'pvmadmin-simulated') });
  const root = readDocument(answer.text);
  assert.equal(root.local, 'LogonResponse');
  assert.ok(value(root, 'X-API-Session').length >= 200);
  assert.equal(answer.headers['x-mc-type'], 'PVM');
  assert.match(String(answer.headers['content-type']), /type=LogonResponse/);
});

test('a wrong password is answered 401, an unreadable request 400', async (t) => {
  const api = await Api.start(t);
  assert.match(
    refusal(await api.send('PUT', LOGON, { body: logonBody('pvmadmin', 'wrong') }), 401),
    /pvmadmin/,
  );
  refusal(await api.send('PUT', LOGON, { body: '<LogonRequest' }), 400);
  refusal(await api.send('PUT', LOGON, { body: '<Other/>' }), 400);
});

test('a file logon writes a file that only its owner can read; its text is the token', async (t) => {
  const api = await Api.start(t);
  const answer = await api.send('PUT', LOGON, { body: fileLogonBody });
  const path = value(readDocument(answer.text), 'X-API-SessionFile');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  api.token = (await readFile(path, 'utf8')).trim();
  assert.equal((await api.get('uom/ManagedSystem')).status, 200);
  assert.equal((await api.delete('web/Logon')).status, 204);
  await assert.rejects(stat(path), { code: 'ENOENT' });
});

test('after logoff the token is unknown; the error masks it', async (t) => {
  const api = await Api.start(t);
  assert.equal((await api.delete('web/Logon')).status, 204);
  const answer = await api.get('uom/ManagedSystem');
  refusal(answer, 401);
  assert.ok(!answer.text.includes(api.token));
  assert.match(answer.text, /X-API-Session=\*{7}/);
});

test('a request without a token is answered 401', async (t) => {
  const api = await Api.start(t);
  api.token = '';
  refusal(await api.get('uom/ManagedSystem'), 401);
});

test('the session limit of the site is held, and a logoff makes room', async (t) => {
  const site = parseSite({ systems: [defaultSystem('sim1')], limits: { sessions: 2 } });
  const api = await Api.start(t, { site });
  await api.logon();
  const third = await api.send('PUT', LOGON, { body: logonBody('pvmadmin', 'pvmadmin-simulated') });
  assert.match(refusal(third, 503), /maximum of 2 sessions/);
  await api.delete('web/Logon');
  await api.logon();
  assert.equal(api.simulator.inspect().consoles[0]?.sessions.length, 2);
});
