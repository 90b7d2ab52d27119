import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAlreadyOff, isAlreadyOn, LogicalPartition, type PowerVMEvent } from '@openstack-powervm/rest';
import { createPartition, openSession, simulated } from './site.js';

test('a partition is created, found, changed, powered and deleted', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const made = await createPartition(session, 'demo');
  assert.equal(made.value.partitionState, 'not activated');
  assert.equal(await session.refresh(made), made, 'nothing has changed: 304');

  const found = await session.search(LogicalPartition, { property: 'PartitionName', value: 'demo' });
  assert.deepEqual(
    found.map(({ id }) => id),
    [made.id],
  );
  assert.equal(await session.quick(LogicalPartition, made.id, 'PartitionState'), 'not activated');

  const renamed = await session.update(made, (value) => {
    value.partitionName = 'renamed';
  });
  assert.equal(renamed.value.partitionName, 'renamed');
  assert.notEqual(renamed.etag, made.etag);

  const power = (operation: string, parameters: Record<string, string>) =>
    session.runJob({ type: LogicalPartition, id: made.id, operation, parameters });
  await power('PowerOn', { bootmode: 'norm' });
  const state = await session.quick(LogicalPartition, made.id, 'PartitionState');
  assert.equal(state, 'open firmware', 'it runs, and finds no disk to boot from');
  assert.ok(isAlreadyOn(await power('PowerOn', {}).catch((error: unknown) => error)));
  await power('PowerOff', { operation: 'shutdown', immediate: 'true' });
  assert.ok(
    isAlreadyOff(await power('PowerOff', { operation: 'shutdown' }).catch((error: unknown) => error)),
  );

  await session.delete({ type: LogicalPartition, id: made.id });
  await assert.rejects(session.get(LogicalPartition, made.id), { code: 'PVM_NOT_FOUND', status: 404 });
  await session.close();
  const [console] = simulator.inspect().consoles;
  assert.deepEqual([console?.jobs, console?.sessions], [[], []], 'nothing is left on the console');
});

test('what happens to a partition arrives as events', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  const events = session.events();
  assert.equal((await events.next()).value?.reason, 'subscribed');
  const made = await createPartition(session, 'demo');
  const about = (event: PowerVMEvent) => event.uri?.toLowerCase().endsWith(made.id.toLowerCase());
  const waitFor = async (test: (event: PowerVMEvent) => boolean | undefined) => {
    for (;;) {
      const { value } = await events.next();
      assert.ok(value, 'the stream ended');
      if (test(value)) return value;
    }
  };
  await waitFor((event) => event.kind === 'add' && about(event));
  await session.runJob({ type: LogicalPartition, id: made.id, operation: 'PowerOn' });
  await waitFor((event) => about(event) && event.detail.includes('PartitionState'));
  simulator.faults.add({ effect: { kind: 'event-gap' }, count: 1, path: '/rest/api/uom/Event' });
  await session.inject({ data: made.path, detail: '{"action":"plug","mac":"a,b"}' });
  await waitFor((event) => event.reason === 'missing-events');
  await session.inject({ data: 'second', detail: '{"a":1,"b":2}' });
  const custom = await waitFor((event) => event.kind === 'custom' && event.data === 'second');
  assert.equal(custom.rawDetail, '{"a":1,"b":2}');
});

test('a partition that somebody else changes meanwhile gets both changes (TX-1)', async (t) => {
  const simulator = await simulated(t);
  const mine = await openSession(t, simulator);
  const theirs = await openSession(t, simulator);
  const made = await createPartition(mine, 'demo');
  await theirs.update(await theirs.get(LogicalPartition, made.id), (value) => {
    value.allowPerformanceDataCollection = true;
  });
  const both = await mine.update(made, (value) => {
    value.partitionName = 'mine';
  });
  assert.equal(both.value.partitionName, 'mine');
  assert.equal(both.value.allowPerformanceDataCollection, true);
  await assert.rejects(mine.delete(made), { code: 'PVM_ETAG_MISMATCH' });
  await mine.delete(both);
});

test('a refused creation tells what the console objects to', async (t) => {
  const simulator = await simulated(t);
  const session = await openSession(t, simulator);
  await assert.rejects(session.create(LogicalPartition, { partitionName: 'incomplete' }), {
    code: 'PVM_REQUEST_REFUSED',
    status: 400,
    message: /mandatory element/,
  });
});
