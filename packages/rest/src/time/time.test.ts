import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { PowerVMError } from '../errors/error.js';
import { Deadline, race, sleep, withDeadline } from './deadline.js';
import { deferred } from './deferred.js';
import { Semaphore } from './semaphore.js';
import { defaultTiming, steppedRandomDelay } from './timing.js';

const never = new AbortController().signal;

test('a deadline ends by time, by the signal, or by another signal, each with its error', async () => {
  const byTime = withDeadline(new Deadline('wait', { timeoutMs: 1 }, 0), (deadline) =>
    deadline.sleep(60_000),
  );
  await assert.rejects(byTime, { code: 'PVM_TIMEOUT', message: /to wait has passed/ });
  const aborted = withDeadline(new Deadline('wait', { signal: AbortSignal.abort() }, 0), async () => 1);
  await assert.rejects(aborted, { code: 'PVM_ABORTED' });
  const closed = new PowerVMError('PVM_SESSION_CLOSED', 'closed');
  const other = withDeadline(new Deadline('wait', {}, 0, [AbortSignal.abort(closed)]), async () => 1);
  await assert.rejects(other, (error) => error === closed);
});

test('0 means no limit, the default counts only where the caller says nothing', () => {
  using forEver = new Deadline('wait', { timeoutMs: 0 }, 10);
  assert.equal(forEver.remainingMs(), Number.POSITIVE_INFINITY);
  using given = new Deadline('wait', { timeoutMs: 10 ** 12 }, 10);
  assert.ok(given.remainingMs() > 10 ** 11, 'longer than a timer can be');
  using late = new Deadline('wait', { timeoutMs: -1 }, 0);
  assert.throws(() => late.throwIfOver(), { code: 'PVM_TIMEOUT' });
  using wrong = new Deadline('wait', { timeoutMs: Number.NaN }, 0);
  assert.throws(() => wrong.throwIfOver(), { code: 'PVM_INVALID_ARGUMENT' });
  using byDefault = new Deadline('wait', {}, 60_000);
  assert.ok(byDefault.remainingMs() <= 60_000);
});

test('extending moves the end to a later moment only', () => {
  using deadline = new Deadline('wait', {}, 60_000);
  deadline.extend(10);
  assert.ok(deadline.remainingMs() > 50_000);
  deadline.extend(120_000);
  assert.ok(deadline.remainingMs() > 60_000);
});

test('a disposed deadline lets go of timer and signal', () => {
  const controller = new AbortController();
  const deadline = new Deadline('wait', { signal: controller.signal, timeoutMs: 60_000 }, 0);
  deadline[Symbol.dispose]();
  controller.abort();
  assert.equal(deadline.signal.aborted, false);
  assert.ok(!process.getActiveResourcesInfo().includes('Timeout'));
});

test('the loser of a race does not become an unhandled rejection', async () => {
  const late = deferred<number>();
  await assert.rejects(race(late.promise, AbortSignal.abort(new Error('over'))), { message: 'over' });
  late.reject(new Error('too late'));
  await new Promise(setImmediate);
});

test('sleep ends early with the reason of its signal', async () => {
  await sleep(1, never);
  await assert.rejects(sleep(60_000, AbortSignal.abort(new Error('why'))), { message: 'why' });
});

test('a semaphore lets in as many as it may, in order, and loses no place to those who give up', async () => {
  const semaphore = new Semaphore(1);
  const leave = await semaphore.acquire(never);
  const controller = new AbortController();
  const order: string[] = [];
  const impatient = semaphore.acquire(controller.signal).then(() => order.push('impatient'));
  const patient = semaphore.acquire(never).then((release) => {
    order.push('patient');
    return release;
  });
  controller.abort(new Error('gave up'));
  await assert.rejects(impatient, { message: 'gave up' });
  leave();
  leave(); // giving a place back twice gives one place back
  (await patient)();
  (await semaphore.acquire(never))();
  assert.deepEqual(order, ['patient']);
});

test('a place handed over at the moment its taker gives up is not lost', async () => {
  const semaphore = new Semaphore(1);
  const leave = await semaphore.acquire(never);
  const controller = new AbortController();
  const waiting = semaphore.acquire(controller.signal);
  controller.abort(new Error('gave up'));
  leave();
  await assert.rejects(waiting);
  (await semaphore.acquire(never))();
});

test('RETRY-3 delays grow in six steps of ten tries', () => {
  const at = (n: number, random: number) => steppedRandomDelay(n, () => random);
  assert.deepEqual(
    [2, 10, 11, 20, 21, 31, 41, 51, 60].map((n) => [at(n, 0), at(n, 1)]),
    [
      [0, 0],
      [0, 0],
      [0, 1000],
      [0, 1000],
      [500, 4000],
      [2000, 13000],
      [6500, 30000],
      [0, 60000],
      [0, 60000],
    ],
  );
});

test('the documentation shows every interval with its default', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../../../docs/rest-client.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| ([\d, ]+|random[^|]*) \| [^|]+ \|$/gm)];
  const shown = Object.fromEntries(rows.map(([, name = '', value = '']) => [name, value.trim()]));
  const defaults = Object.entries(defaultTiming).map(([name, value]) => [name, documented(value)]);
  assert.deepEqual(shown, Object.fromEntries(defaults));
});

function documented(value: unknown): string {
  if (typeof value === 'function') return 'random, from 0 up to 60,000';
  return [value]
    .flat()
    .map((each) => Number(each).toLocaleString('en'))
    .join(', ');
}
