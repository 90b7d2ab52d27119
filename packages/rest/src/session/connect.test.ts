import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Answer, logonAnswer, ScriptedConsole } from '../testing/scripted-console.js';
import { connectToOneOf } from './connect.js';

/** Nobody listens on the discard port of the loopback interface. */
const silent = 'http://127.0.0.1:9';

async function connect(t: TestContext, ...origins: string[]) {
  const credentials = { kind: 'password', username: 'u', password: 'p' } as const;
  const connection = await connectToOneOf(origins, { endpoint: 'unused', credentials }, {});
  t.after(() => connection.close());
  return connection;
}

test('where nobody answers on the first port the second is tried', async (t) => {
  const scripted = await ScriptedConsole.start(t);
  const connection = await connect(t, silent, scripted.url);
  assert.equal(connection.origin, scripted.url);
});

test('a console that answers is not passed over, whatever it says', async (t) => {
  const refusing = await ScriptedConsole.start(t, { 'PUT /rest/api/web/Logon': { status: 401 } });
  const other = await ScriptedConsole.start(t);
  await assert.rejects(connect(t, refusing.url, other.url), { code: 'PVM_LOGON_REFUSED' });
  assert.equal(other.requests.length, 0);
});

test('when nobody answers anywhere the error names every port tried', async (t) => {
  await assert.rejects(connect(t, silent, 'http://127.0.0.1:19'), {
    code: 'PVM_UNREACHABLE',
    message: /127\.0\.0\.1:9 or http:\/\/127\.0\.0\.1:19/,
  });
});

test('numbers that make no sense are refused before anything is sent', async (t) => {
  const scripted = await ScriptedConsole.start(t);
  const credentials = { kind: 'password', username: 'u', password: 'p' } as const;
  for (const wrong of [{ connectAttempts: 0 }, { maxConcurrent: 1.5 }])
    await assert.rejects(connectToOneOf([scripted.url], { endpoint: '', credentials, ...wrong }, {}), {
      code: 'PVM_INVALID_ARGUMENT',
    });
  assert.equal(scripted.requests.length, 0);
});

test('a session that is granted after its caller has gone is given back', async (t) => {
  let grant: () => void = () => {};
  const scripted = await ScriptedConsole.start(t, {
    'PUT /rest/api/web/Logon': () =>
      new Promise<Answer>((resolve) => {
        grant = () => resolve(logonAnswer('late-token'));
      }),
  });
  const controller = new AbortController();
  const credentials = { kind: 'password', username: 'u', password: 'p' } as const;
  const opening = connectToOneOf(
    [scripted.url],
    { endpoint: '', credentials },
    { signal: controller.signal },
  );
  while (scripted.requests.length === 0) await new Promise(setImmediate);
  controller.abort();
  await assert.rejects(opening, { code: 'PVM_ABORTED' });
  grant();
  while (scripted.requests.length < 2) await new Promise(setImmediate);
  const [, logoff] = scripted.requests;
  assert.equal(logoff?.method, 'DELETE');
  assert.equal(logoff?.headers['x-api-session'], 'late-token');
});
