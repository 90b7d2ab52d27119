import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicalPartition, ManagedSystem, observe, type SessionObservation } from '@openstack-powervm/rest';
import { createPartition, openSession, simulated, storage } from './site.js';

test('a session that expires is renewed once, whatever many requests meet it', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const partitions = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((name) => createPartition(session, name)),
  );
  const steps: SessionObservation[] = [];
  t.after(observe('powervm.rest.session', (each) => steps.push(each)));
  simulator.faults.add({ method: 'GET', count: 1, effect: { kind: 'expire-session' } });
  await Promise.all(partitions.map((each) => session.refresh(each)));
  assert.deepEqual(
    steps.map(({ step }) => step),
    ['relogon'],
  );
});

test('JOB-2 a failing job tells its reason and leaves nothing on the console', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const { id } = await createPartition(session, 'demo');
  simulator.faults.add({ job: 'PowerOn', effect: { kind: 'job-failure', message: 'HSCL1234 no memory' } });
  await assert.rejects(session.runJob({ type: LogicalPartition, id, operation: 'PowerOn' }), {
    code: 'PVM_JOB_FAILED',
    message: /PowerOn of LogicalPartition .* HSCL1234 no memory/,
  });
  await session.close();
  assert.deepEqual(simulator.inspect().consoles[0]?.jobs, []);
});

test('a truncated answer is an error that names the request', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  simulator.faults.add({ route: 'ManagedSystem.list', effect: { kind: 'truncate', bytes: 200 } });
  await assert.rejects(session.list(ManagedSystem), {
    code: /PVM_(CONNECTION_LOST|BAD_RESPONSE)/,
    path: /ManagedSystem/,
  });
});

test('a console that hangs costs one deadline', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  simulator.faults.add({ route: 'ManagedSystem.list', effect: { kind: 'hang' } });
  await assert.rejects(session.list(ManagedSystem, { timeoutMs: 50 }), { code: 'PVM_TIMEOUT' });
});

test('RETRY-1 every verb gets through a console that is busy now and then', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  for (const skip of [0, 3, 7, 12])
    simulator.faults.add({ path: '/rest/api/uom/*', skip, count: 2, effect: { kind: 'error', status: 503 } });
  const made = await createPartition(session, 'demo');
  await session.runJob({ type: LogicalPartition, id: made.id, operation: 'PowerOn' });
  await session.runJob({
    type: LogicalPartition,
    id: made.id,
    operation: 'PowerOff',
    parameters: { operation: 'shutdown', immediate: 'true' },
  });
  await session.delete({ type: LogicalPartition, id: made.id });
});

test('an upload that the console breaks off fails cleanly and leaves no descriptor', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const { vios } = await storage(session);
  simulator.faults.add({
    path: '/rest/api/web/File/contents/*',
    count: 1,
    effect: { kind: 'reset', when: 'before' },
  });
  const media = { kind: 'BROKERED_MEDIA_ISO', name: 'config.iso', viosId: vios.id, size: 4 } as const;
  const uploading = session.upload({
    ...media,
    body: async function* () {
      yield Buffer.from('disc');
    },
  });
  await assert.rejects(uploading, { code: 'PVM_CONNECTION_LOST' });
  await session.close();
  assert.deepEqual(simulator.inspect().consoles[0]?.files, []);
});

test('after everything is closed no socket and no timer of a session is left', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const events = session.events();
  await events.next();
  const { id } = await createPartition(session, 'demo');
  await session.runJob({ type: LogicalPartition, id, operation: 'PowerOn' });
  const controller = new AbortController();
  const aborted = session.list(LogicalPartition, { signal: controller.signal, timeoutMs: 600_000 });
  controller.abort();
  await assert.rejects(aborted, { code: 'PVM_ABORTED' });
  await session.close();
  await simulator.close();
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
  const left = process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout/.test(name));
  assert.deepEqual(left, []);
});
