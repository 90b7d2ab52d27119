import assert from 'node:assert/strict';
import { test } from 'node:test';
import { observe, type RequestObservation, type RetryObservation } from '../observe/channels.js';
import { Thing, thingAnswer, thingPath, uuid } from '../testing/documents.js';
import { openSession } from '../testing/open.js';
import {
  type Answer,
  errorAnswer,
  logonAnswer,
  ScriptedConsole,
  type SeenRequest,
  type Step,
} from '../testing/scripted-console.js';

const read = `GET ${thingPath}`;
const logon = 'PUT /rest/api/web/Logon';
const busy = errorAnswer(
  500,
  'VIOS 1*9999-99Z*2125D4A/1 is busy processing some other request. Please retry.',
);
const destroyed: Step = (_request, response) => void response.destroy();

/** Accepts only this token. */
function only(token: string, answer: Answer): Step {
  return ({ headers }: SeenRequest) =>
    headers['x-api-session'] === token ? answer : errorAnswer(401, 'no session');
}

test('RETRY-1 L-10 a busy VIOS and a 503 are tried again three times', async (t) => {
  for (const [name, trouble] of Object.entries({
    busy,
    unavailable: errorAnswer(503, 'Test error'),
    bare: { status: 503 },
  })) {
    const scripted = await ScriptedConsole.start(t, { [read]: [trouble, trouble, trouble, thingAnswer()] });
    const session = await openSession(t, scripted);
    await session.get(Thing, uuid);
    assert.equal(scripted.count(read), 4, name);
  }
});

test('RETRY-1 the fourth busy answer is the error', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [read]: busy });
  const session = await openSession(t, scripted);
  await assert.rejects(session.get(Thing, uuid), { code: 'PVM_VIOS_BUSY', grade: 'retry', status: 500 });
  assert.equal(scripted.count(read), 4);
});

test('RETRY-1 no repetition is begun that the deadline would cut short', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [read]: busy });
  const session = await openSession(t, scripted, { timing: { busyDelaysMs: [60_000] } });
  await assert.rejects(session.get(Thing, uuid, { timeoutMs: 30_000 }), { code: 'PVM_VIOS_BUSY' });
  assert.equal(scripted.count(read), 1);
});

test('a read whose connection broke is sent once more, and only once', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [read]: [destroyed, thingAnswer(), destroyed] });
  const session = await openSession(t, scripted);
  await session.get(Thing, uuid);
  await assert.rejects(session.get(Thing, uuid), { code: 'PVM_CONNECTION_LOST', grade: 'reread' });
  assert.equal(scripted.count(read), 4);
});

test('requests that meet a 401 at the same time share one new logon', async (t) => {
  const others = Array.from({ length: 10 }, (_, index) => uuid.replace(/1$/, String(index)));
  const script: Record<string, Step | Step[]> = { [logon]: [logonAnswer('token-1'), logonAnswer('token-2')] };
  for (const id of others)
    script[`GET /rest/api/uom/Thing/${id}?group=None`] = only('token-2', thingAnswer({ id }));
  const scripted = await ScriptedConsole.start(t, script);
  const session = await openSession(t, scripted, { maxConcurrent: 4 });
  await Promise.all(others.map((id) => session.get(Thing, id)));
  assert.equal(scripted.count(logon), 2);
});

test('a caller that gives up does not end the logon that others wait for', async (t) => {
  let grant: () => void = () => {};
  const slowLogon = () =>
    new Promise<Answer>((resolve) => {
      grant = () => resolve(logonAnswer('token-2'));
    });
  const scripted = await ScriptedConsole.start(t, {
    [logon]: [logonAnswer('token-1'), slowLogon],
    [read]: only('token-2', thingAnswer()),
    [`GET /rest/api/uom/Thing/${uuid}/quick/X`]: only('token-2', { body: '1' }),
  });
  const session = await openSession(t, scripted);
  const controller = new AbortController();
  const first = session.get(Thing, uuid, { signal: controller.signal });
  while (scripted.count(logon) < 2) await new Promise(setImmediate);
  const second = session.quick(Thing, uuid, 'X');
  controller.abort();
  await assert.rejects(first, { code: 'PVM_ABORTED' });
  grant();
  assert.equal(await second, 1);
  assert.equal(scripted.count(logon), 2);
});

test('a new token that is refused as well is an error, not a loop', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [read]: errorAnswer(401, 'no') });
  const session = await openSession(t, scripted);
  await assert.rejects(session.get(Thing, uuid), { code: 'PVM_UNAUTHORIZED', grade: 'session' });
  assert.equal(scripted.count(read), 2);
});

test('a refused new logon is not tried again, lest the account be locked', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [logon]: [logonAnswer('token-1'), errorAnswer(401, 'password expired')],
    [read]: errorAnswer(401, 'no'),
  });
  const session = await openSession(t, scripted);
  await assert.rejects(session.get(Thing, uuid), { code: 'PVM_LOGON_REFUSED' });
  await assert.rejects(session.get(Thing, uuid), { code: 'PVM_LOGON_REFUSED' });
  assert.equal(scripted.count(logon), 2);
});

test('a new logon that failed for another reason may be tried again', async (t) => {
  const scripted = await ScriptedConsole.start(t, {
    [logon]: [logonAnswer('token-1'), { status: 500 }, logonAnswer('token-2')],
    [read]: only('token-2', thingAnswer()),
  });
  const session = await openSession(t, scripted);
  await assert.rejects(session.get(Thing, uuid), { code: 'PVM_REQUEST_REFUSED' });
  await session.get(Thing, uuid);
});

test('no more requests are on the wire than the options allow', async (t) => {
  let now = 0;
  let most = 0;
  const counted: Step = async () => {
    now += 1;
    most = Math.max(most, now);
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    now -= 1;
    return { body: '1' };
  };
  const script = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`GET /rest/api/uom/Thing/${index}/quick/X`, counted]),
  );
  const scripted = await ScriptedConsole.start(t, script);
  const session = await openSession(t, scripted, { maxConcurrent: 3 });
  await Promise.all(Array.from({ length: 12 }, (_, index) => session.quick(Thing, String(index), 'X')));
  assert.equal(most, 3);
});

test('connections are kept alive from request to request, and gone after close', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [read]: thingAnswer() });
  const session = await openSession(t, scripted);
  for (let turn = 0; turn < 5; turn += 1) await session.get(Thing, uuid);
  assert.ok(
    (await scripted.openConnections()) <= 2,
    'a new request may come before the last connection is idle',
  );
  await session.close();
  while ((await scripted.openConnections()) > 0) await new Promise(setImmediate);
});

test('an unanswered request ends after the request time-out', async (t) => {
  const scripted = await ScriptedConsole.start(t, { 'PUT /rest/api/uom/Thing': () => undefined });
  const session = await openSession(t, scripted, { timing: { updateMs: 30 } });
  await assert.rejects(session.create(Thing, { name: 'x' }, { timeoutMs: 0 }), {
    code: 'PVM_TIMEOUT',
    message: /^PUT \/rest\/api\/uom\/Thing was not answered within 30 ms/,
  });
});

test('an operation ends after its own time-out', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [read]: () => undefined });
  const session = await openSession(t, scripted);
  await assert.rejects(session.get(Thing, uuid, { timeoutMs: 20 }), {
    code: 'PVM_TIMEOUT',
    message: /read .*Thing.0F3A5C52/,
  });
});

test('every attempt and every repetition can be observed', async (t) => {
  const scripted = await ScriptedConsole.start(t, { [read]: [busy, thingAnswer()] });
  const requests: RequestObservation[] = [];
  const retries: RetryObservation[] = [];
  t.after(observe('powervm.rest.request', (each) => requests.push(each)));
  t.after(observe('powervm.rest.retry', (each) => retries.push(each)));
  const session = await openSession(t, scripted);
  await session.get(Thing, uuid);
  await session.close();
  assert.deepEqual(
    requests.map(({ method, status, error }) => [method, status, error]),
    [
      ['PUT', 200, undefined],
      ['GET', 500, undefined],
      ['GET', 200, undefined],
      ['DELETE', 204, undefined],
    ],
  );
  assert.deepEqual(
    retries.map(({ reason, repetition, path }) => [reason, repetition, path]),
    [['busy', 1, thingPath]],
  );
});
