import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noLog } from '../log.js';
import { ManualClock } from '../testing/clock.js';
import { StateWatch, settleMs } from './state-watch.js';
import { type Transition, transitionOf } from './transition.js';

const expected: [Transition | undefined, string[]][] = [
  ['started', ['running', 'starting', 'open firmware', 'migrating running']],
  ['stopped', ['not activated', 'error', 'Unknown']],
  ['suspended', ['suspending']],
  ['resumed', ['resuming']],
  [undefined, ['shutting down', 'suspended', 'migrating not active', 'hardware discovery', 'not available']],
];
for (const [transition, states] of expected)
  test(`EV-6 ${states.join(', ')}: ${transition ?? 'no event'}`, () => {
    for (const state of states) assert.equal(transitionOf(state), transition);
  });

/** A watch on partitions whose states the test sets. */
function watching(states: Record<string, string>) {
  const clock = new ManualClock();
  const emitted: [string, Transition][] = [];
  const reads: string[] = [];
  const watch = new StateWatch({
    clock,
    log: noLog,
    readState: async (uuid) => {
      reads.push(uuid);
      if (states[uuid] === 'unreadable') throw new Error('no answer');
      return states[uuid];
    },
    emit: (uuid, transition) => emitted.push([uuid, transition]),
  });
  return { clock, emitted, reads, watch };
}

test('EV-5 EV-8 EV-9 L-146 changes within 15 seconds are one look and one event, with the state that stayed', async () => {
  const states = { A: 'not activated' };
  const { clock, emitted, reads, watch } = watching(states);
  watch.changed('A');
  await clock.advance(settleMs - 1);
  states.A = 'running';
  watch.changed('A');
  await clock.advance(settleMs - 1);
  assert.deepEqual(emitted, []);
  await clock.advance(1);
  assert.deepEqual(emitted, [['A', 'started']]);
  assert.deepEqual(reads, ['A']);
});

test('EV-5 B-34 partitions do not wait for each other', async () => {
  const { clock, emitted, watch } = watching({ A: 'running', B: 'not activated' });
  watch.changed('A');
  await clock.advance(settleMs / 2);
  watch.changed('B');
  await clock.advance(settleMs / 2);
  assert.deepEqual(emitted, [['A', 'started']]);
  await clock.advance(settleMs / 2);
  assert.deepEqual(emitted.at(-1), ['B', 'stopped']);
});

test('EV-5 a partition that is gone says nothing', async () => {
  const { clock, emitted, reads, watch } = watching({});
  watch.changed('A');
  watch.gone('A');
  watch.changed('B');
  await clock.advance(settleMs);
  assert.deepEqual(emitted, []);
  assert.deepEqual(reads, ['B']);
});

test('EV-3 EV-10 B-16 a failed read concerns one partition and leaves nothing behind', async () => {
  const { clock, emitted, watch } = watching({ A: 'unreadable', B: 'running' });
  watch.changed('A');
  watch.changed('B');
  await clock.advance(settleMs);
  assert.deepEqual(emitted, [['B', 'started']]);
  watch.changed('A');
  assert.equal(clock.sleeping, 1);
});

test('INIT-12 stopping ends every wait', async () => {
  const { clock, emitted, watch } = watching({ A: 'running' });
  watch.changed('A');
  watch.stop();
  assert.equal(clock.sleeping, 0);
  await clock.advance(settleMs);
  assert.deepEqual(emitted, []);
});
