import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { test } from 'node:test';
import { noLog } from '../log.js';
import { deferred } from './deferred.js';
import { type Flow, runFlow } from './flow.js';
import { type FlowHooks, type Operation, type Progress, runOperation } from './operation.js';

const steps = ['a', 'b', 'c'] as const;
type Name = (typeof steps)[number];

function operation(parts: Partial<Operation> = {}): Operation {
  return {
    name: 'test',
    instanceUuid: null,
    log: noLog,
    signal: new AbortController().signal,
    hooks: {},
    onProgress: () => {},
    onTaskState: () => {},
    ...parts,
  };
}

/** Runs steps a, b, c in order; writes down what happens. */
async function threeSteps(hooks: FlowHooks, undoFails: readonly string[] = []) {
  const events: string[] = [];
  const body = async (flow: Flow<Name>): Promise<void> => {
    for (const name of steps)
      await flow.step(name, {
        run: async () => {
          events.push(`run ${name}`);
          return `result of ${name}`;
        },
        undo: async (result) => {
          events.push(`undo ${name} with ${result}`);
          if (undoFails.includes(name)) throw new Error(`undo ${name} failed`);
        },
      });
  };
  const error = await runFlow(operation({ hooks }), steps, body).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { events, error };
}

const failIn = (failing: string, when: 'beforeStep' | 'afterStep'): FlowHooks => ({
  [when]: (_operation: string, step: string) => {
    if (step === failing) throw new Error(`${failing} broke`);
  },
});

test('FLOW-1 a failure undoes the steps in reverse order, the failing one included', async () => {
  const { events, error } = await threeSteps(failIn('c', 'beforeStep'));
  assert.deepEqual(events, [
    'run a',
    'run b',
    'undo c with undefined',
    'undo b with result of b',
    'undo a with result of a',
  ]);
  assert.match(String(error), /c broke/);
});

test('FLOW-1 FLOW-3 a step that fails after its effect hands the result to its undo', async () => {
  const { events } = await threeSteps(failIn('b', 'afterStep'));
  assert.deepEqual(events, ['run a', 'run b', 'undo b with result of b', 'undo a with result of a']);
});

test('FLOW-2 an undo that fails neither hides the first error nor stops the others', async () => {
  const { events, error } = await threeSteps(failIn('c', 'beforeStep'), ['b', 'c']);
  assert.equal(events.filter((event) => event.startsWith('undo')).length, 3);
  assert.match(String(error), /c broke/);
});

test('a flow without failure undoes nothing and returns the result', async () => {
  const { events, error } = await threeSteps({});
  assert.deepEqual(events, ['run a', 'run b', 'run c']);
  assert.equal(error, null);
});

test('FLOW-4 an undo is not stopped by the signal that ended the operation', async () => {
  const caller = new AbortController();
  let undoSignal: AbortSignal | undefined;
  await assert.rejects(
    runFlow(operation({ signal: caller.signal }), steps, async (flow) => {
      await flow.step('a', {
        run: async () => caller.abort(new Error('caller gave up')),
        undo: async (_result, call) => {
          undoSignal = call.signal;
        },
      });
      await flow.step('b', { run: async () => assert.fail('must not begin') });
    }),
    /caller gave up/,
  );
  assert.equal(undoSignal?.aborted, false);
});

test('parallel branches: one failure stops the other, undo begins when both have ended', async () => {
  const events: string[] = [];
  const waiting = deferred<void>();
  await assert.rejects(
    runFlow(operation(), steps, async (flow) => {
      await flow.together(
        () =>
          flow.step('a', {
            run: async ({ signal }) => {
              signal.addEventListener('abort', () => waiting.resolve());
              await waiting.promise;
              events.push('a told to stop');
              throw new Error('a stopped');
            },
            undo: async () => void events.push('undo a'),
          }),
        () => flow.step('b', { run: async () => Promise.reject(new Error('b broke')) }),
      );
    }),
    /b broke/,
  );
  assert.deepEqual(events, ['a told to stop', 'undo a']);
});

test('parallel branches: both results come back', async () => {
  const both = await runFlow(operation(), steps, (flow) =>
    flow.together(
      () => flow.step('a', { run: async () => 1 }),
      () => flow.step('b', { run: async () => 'two' }),
    ),
  );
  assert.deepEqual(both, [1, 'two']);
});

test('FLOW-5 FLOW-6 entry and each step are logged with the time they took', async () => {
  const lines: string[] = [];
  const write = (message: string, fields?: object) => lines.push(`${message} ${Object.keys(fields ?? {})}`);
  const log = { ...noLog, info: write, debug: write };
  const running = operation({ log });
  await runOperation(running, () =>
    runFlow(running, steps, (flow) => flow.step('a', { run: async () => {} })),
  );
  assert.deepEqual(lines, ['test: begins ', 'test: step "a" done milliseconds', 'test: done milliseconds']);
});

test('FLOW-5 each step is published with its outcome', async () => {
  const seen: unknown[] = [];
  const listener = (record: unknown) => seen.push(record);
  subscribe('openstack-powervm:compute:step', listener);
  try {
    await threeSteps(failIn('a', 'afterStep'));
  } finally {
    unsubscribe('openstack-powervm:compute:step', listener);
  }
  const outcomes = seen.map((record) => (record as { outcome: string }).outcome);
  assert.deepEqual(outcomes, ['failed', 'undone']);
});

test('progress rises with each finished step', async () => {
  const seen: Progress[] = [];
  await runFlow(operation({ onProgress: (progress) => seen.push(progress) }), steps, async (flow) => {
    for (const name of steps) await flow.step(name, { run: async () => {} });
  });
  assert.deepEqual(
    seen.map(({ step, percent }) => [step, percent]),
    [
      ['a', 33],
      ['b', 67],
      ['c', 100],
    ],
  );
});

test('an operation that leaves steps out still ends at a hundred per cent', async () => {
  const seen: number[] = [];
  await runFlow(operation({ onProgress: ({ percent }) => seen.push(percent) }), steps, (flow) =>
    flow.step('a', { run: async () => {} }),
  );
  assert.deepEqual(seen, [33, 100]);
});
