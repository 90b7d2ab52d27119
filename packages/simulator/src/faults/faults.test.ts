import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, objectsOf, refusal, value } from '../testing/api.js';
import { partitionBody } from '../testing/bodies.js';
import { FaultRuleError } from './fault-rules.js';

const faults = '/simulator/faults';

test('an error rule acts as often as it says, behind as many as it skips', async (t) => {
  const api = await Api.start(t);
  api.simulator.faults.add({
    route: 'ManagedSystem.list',
    skip: 1,
    count: 2,
    effect: { kind: 'error', status: 503 },
  });
  const statuses: number[] = [];
  for (let n = 0; n < 5; n += 1) statuses.push((await api.get('uom/ManagedSystem')).status);
  assert.deepEqual(statuses, [200, 503, 503, 200, 200]);
  assert.deepEqual(
    api.simulator.faults.list().map(({ matched, acted }) => [matched, acted]),
    [[5, 2]],
  );
});

test('an error carries the status, message and reason code of its rule', async (t) => {
  const api = await Api.start(t);
  const effect = { kind: 'error', status: 409, message: 'HSCL0001 No.', reasonCode: 'BUSY' } as const;
  api.simulator.faults.add({ route: 'ManagedSystem.list', effect });
  const answer = await api.get('uom/ManagedSystem');
  assert.equal(refusal(answer, 409), 'HSCL0001 No.');
  assert.match(answer.text, /<ReasonCode[^>]*>BUSY</);
});

test('VIOS busy looks like VIOS busy', async (t) => {
  const api = await Api.start(t);
  api.simulator.faults.add({
    path: '/rest/api/uom/VirtualIOServer*',
    method: 'GET',
    effect: { kind: 'vios-busy' },
  });
  assert.match(refusal(await api.get('uom/VirtualIOServer'), 500), /HSCL3205/);
  assert.equal((await api.get('uom/ManagedSystem')).status, 200);
});

test('a connection breaks before or after the request had its effect', async (t) => {
  const api = await Api.start(t);
  const partitions = () => api.simulator.inspect().systems[0]?.partitions.length ?? 0;
  const before = partitions();
  api.simulator.faults.add({
    route: 'LogicalPartition.create',
    count: 1,
    effect: { kind: 'reset', when: 'before' },
  });
  await assert.rejects(api.put('uom/LogicalPartition', partitionBody('a')), { code: 'ECONNRESET' });
  assert.equal(partitions(), before);
  api.simulator.faults.add({
    route: 'LogicalPartition.create',
    count: 1,
    effect: { kind: 'reset', when: 'after' },
  });
  await assert.rejects(api.put('uom/LogicalPartition', partitionBody('a')), { code: 'ECONNRESET' });
  assert.equal(partitions(), before + 1);
});

test('a truncated body ends in the middle', async (t) => {
  const api = await Api.start(t);
  api.simulator.faults.add({
    route: 'ManagedSystem.list',
    count: 1,
    effect: { kind: 'truncate', bytes: 100 },
  });
  await assert.rejects(api.get('uom/ManagedSystem'));
  assert.equal((await api.get('uom/ManagedSystem')).status, 200);
});

test('a hanging request ends only when the client gives up', async (t) => {
  const api = await Api.start(t);
  api.simulator.faults.add({ route: 'ManagedSystem.list', count: 1, effect: { kind: 'hang' } });
  const patience = AbortSignal.timeout(100);
  await assert.rejects(api.send('GET', '/rest/api/uom/ManagedSystem', { signal: patience }), {
    name: 'AbortError',
  });
});

test('a session expires in the middle, and a new logon works', async (t) => {
  const api = await Api.start(t);
  api.simulator.faults.add({ route: 'ManagedSystem.list', count: 1, effect: { kind: 'expire-session' } });
  refusal(await api.get('uom/ManagedSystem'), 401);
  refusal(await api.get('uom/ManagedSystem'), 401);
  api.token = '';
  await api.logon();
  assert.equal((await api.get('uom/ManagedSystem')).status, 200);
});

test('an event gap turns what waits into MISSING_EVENTS', async (t) => {
  const api = await Api.start(t);
  const read = 'uom/Event?QUEUE_APPLICATIONID=x';
  await api.get(read);
  await api.put('uom/LogicalPartition', partitionBody('vm'));
  api.simulator.faults.add({ route: 'ManagedSystem.list', count: 1, effect: { kind: 'event-gap' } });
  await api.get('uom/ManagedSystem');
  assert.deepEqual(
    objectsOf(await api.get(read)).map((event) => value(event, 'EventType')),
    ['MISSING_EVENTS'],
  );
});

test('rules live over HTTP: added, listed, removed, cleared', async (t) => {
  const api = await Api.start(t);
  const rule = { id: 'r1', object: '123', probability: 0.5, effect: { kind: 'error', status: 404 } };
  const added = await api.send('PUT', faults, {
    body: JSON.stringify([rule, { effect: { kind: 'delay', ms: 1 } }]),
  });
  assert.equal(added.status, 200, added.text);
  assert.equal(JSON.parse((await api.send('GET', faults)).text).length, 2);
  assert.equal((await api.send('DELETE', `${faults}/r1`)).status, 204);
  refusal(await api.send('DELETE', `${faults}/r1`), 404);
  assert.equal((await api.send('DELETE', faults)).status, 204);
  assert.equal((await api.send('GET', faults)).text, '[]');
});

test('a rule that could never match is refused, all its mistakes at once', async (t) => {
  const api = await Api.start(t);
  const wrong = [
    { route: 'LogicalPartition.crate', effect: { kind: 'vios-busy' } },
    { path: '/rest/api/uom/LogicalPartion/*', effect: { kind: 'vios-busy' } },
    { job: 'PowerUp', effect: { kind: 'job-failure' } },
    { effect: { kind: 'job-failure' } },
    { job: 'PowerOn', effect: { kind: 'vios-busy' } },
    { effect: { kind: 'error', status: 200 } },
    { effect: { kind: 'explode' } },
    { colour: 'blue', effect: { kind: 'vios-busy' } },
  ];
  for (const rule of wrong) {
    const answer = await api.send('PUT', faults, { body: JSON.stringify(rule) });
    assert.equal(answer.status, 400, JSON.stringify(rule));
    assert.ok(JSON.parse(answer.text).problems.length > 0);
  }
  assert.throws(
    () => api.simulator.faults.add({ route: 'a', path: '/b', effect: { kind: 'vios-busy' } }),
    (error) => error instanceof FaultRuleError && error.problems.length === 2,
  );
  assert.equal(api.simulator.faults.list().length, 0);
});
