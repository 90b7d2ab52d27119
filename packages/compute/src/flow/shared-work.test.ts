import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deferred } from './deferred.js';
import { SharedWork } from './shared-work.js';

const never = new AbortController().signal;

test('callers at the same time share one piece of work; later ones have it done again', async () => {
  const shared = new SharedWork<number>();
  const gate = deferred<void>();
  let runs = 0;
  const work = async () => {
    await gate.promise;
    runs += 1;
    return runs;
  };
  const both = [shared.run('x', never, work), shared.run('x', never, work)];
  gate.resolve();
  assert.deepEqual(await Promise.all(both), [
    { result: 1, own: true },
    { result: 1, own: false },
  ]);
  assert.deepEqual(await shared.run('x', never, work), { result: 2, own: true });
});

test('a failure is shared', async () => {
  const shared = new SharedWork<never>();
  const work = async () => Promise.reject(new Error('broken'));
  const both = await Promise.allSettled([shared.run('x', never, work), shared.run('x', never, work)]);
  assert.ok(both.every(({ status }) => status === 'rejected'));
});

test('when the one who works gives up, the next one takes over', async () => {
  const shared = new SharedWork<string>();
  const impatient = new AbortController();
  const abandoned = shared.run('x', impatient.signal, async () => {
    await new Promise((_resolve, reject) =>
      impatient.signal.addEventListener('abort', () => reject(new Error('gave up'))),
    );
    return 'abandoned';
  });
  const other = shared.run('x', never, async () => 'done by the next');
  impatient.abort();
  await assert.rejects(abandoned, /gave up/);
  assert.deepEqual(await other, { result: 'done by the next', own: true });
});
