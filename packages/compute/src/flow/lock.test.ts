import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deferred } from './deferred.js';
import { KeyedLock, ReadWriteLock } from './lock.js';

test('TX-9 work of one key runs one after the other, in the order of arrival', async () => {
  const lock = new KeyedLock();
  const events: string[] = [];
  const gate = deferred<void>();
  const first = lock.run('x', async () => {
    await gate.promise;
    events.push('first');
  });
  const second = lock.run('x', async () => void events.push('second'));
  const other = lock.run('y', async () => void events.push('other key'));
  await other;
  gate.resolve();
  await Promise.all([first, second]);
  assert.deepEqual(events, ['other key', 'first', 'second']);
});

test('TX-9 a failure releases the lock and reaches only its own caller', async () => {
  const lock = new KeyedLock();
  await assert.rejects(
    lock.run('x', async () => Promise.reject(new Error('mine'))),
    /mine/,
  );
  assert.equal(await lock.run('x', async () => 'next'), 'next');
});

test('a waiter that is aborted leaves; those behind it still wait for the holder', async () => {
  const lock = new KeyedLock();
  const events: string[] = [];
  const gate = deferred<void>();
  const holder = lock.run('x', async () => {
    await gate.promise;
    events.push('holder');
  });
  const impatient = new AbortController();
  const waiter = lock.run('x', async () => assert.fail('must not run'), { signal: impatient.signal });
  const last = lock.run('x', async () => void events.push('last'));
  impatient.abort(new Error('no time'));
  await assert.rejects(waiter, /no time/);
  gate.resolve();
  await Promise.all([holder, last]);
  assert.deepEqual(events, ['holder', 'last']);
});

test('IMGC-3 readers share, a writer is alone and waits for them', async () => {
  const lock = new ReadWriteLock();
  const events: string[] = [];
  const gates = [deferred<void>(), deferred<void>()] as const;
  const readers = gates.map((gate, index) =>
    lock.read(async () => {
      events.push(`reader ${index} in`);
      await gate.promise;
    }),
  );
  const writing = deferred<void>();
  const writer = lock.write(async () => {
    events.push('writer in');
    await writing.promise;
    events.push('writer out');
  });
  for (const gate of gates) gate.resolve();
  await Promise.all(readers);
  const late = lock.read(async () => void events.push('late reader'));
  writing.resolve();
  await Promise.all([writer, late]);
  assert.deepEqual(events, ['reader 0 in', 'reader 1 in', 'writer in', 'writer out', 'late reader']);
});

test('IMGC-3 a writer that waits does not keep readers out, and may give up', async () => {
  const lock = new ReadWriteLock();
  const gate = deferred<void>();
  const reader = lock.read(() => gate.promise);
  const impatient = new AbortController();
  const writer = lock.write(async () => assert.fail('must not run'), { signal: impatient.signal });
  assert.equal(await lock.read(async () => 'read'), 'read');
  impatient.abort(new Error('no time'));
  await assert.rejects(writer, /no time/);
  gate.resolve();
  await reader;
  assert.equal(await lock.write(async () => 'written'), 'written');
});
