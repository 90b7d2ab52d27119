import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isStartable, isStoppable, PowerState, powerStateOf } from './states.js';

const table: [PowerState, string[]][] = [
  [
    PowerState.RUNNING,
    ['running', 'starting', 'open firmware', 'shutting down', 'suspending', 'migrating running'],
  ],
  [PowerState.SHUTDOWN, ['not activated', 'migrating not active']],
  [PowerState.SUSPENDED, ['resuming', 'suspended']],
  [PowerState.CRASHED, ['error']],
  [PowerState.NOSTATE, ['unknown', 'hardware discovery', 'not available', 'something new']],
];

for (const [power, states] of table)
  test(`STATE-1 ${states.join(', ')} map to ${power}`, () => {
    for (const state of states) {
      assert.equal(powerStateOf(state), power);
      assert.equal(powerStateOf(state.toUpperCase()), power);
    }
  });

test('STATE-1 no value is NOSTATE', () => assert.equal(powerStateOf(undefined), PowerState.NOSTATE));

test('STATE-2 only a partition that is not activated can be started', () => {
  const states = table.flatMap(([, names]) => names);
  assert.deepEqual(states.filter(isStartable), ['not activated']);
});

test('STATE-2 PWR-8 L-15 everything half alive can be stopped, shutting down included', () => {
  const states = table.flatMap(([, names]) => names);
  assert.deepEqual(
    states.filter(isStoppable).sort(),
    ['error', 'open firmware', 'resuming', 'running', 'shutting down', 'starting', 'suspending'].sort(),
  );
});
