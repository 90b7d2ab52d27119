import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { DeployError } from './failure.js';
import { checkPlan, runSteps, StepFailure } from './runner.js';
import type { Reporter, Step } from './step.js';

const silent: Reporter = { started() {}, progressed() {}, finished() {}, failed() {}, close() {} };
const options = () => ({ signal: new AbortController().signal, reporter: silent });

function step(name: string, after: string[], run: Step['run'] = async () => undefined): Step {
  return { name, title: name, after, run };
}

test('a step runs after those that it waits for, and beside the others', async () => {
  const log: string[] = [];
  const noting = (name: string, after: string[]) =>
    step(name, after, async () => {
      log.push(`begin ${name}`);
      await new Promise(setImmediate);
      log.push(`end ${name}`);
      return undefined;
    });
  await runSteps([noting('c', ['a', 'b']), noting('a', []), noting('b', [])], options());
  assert.deepEqual(log, ['begin a', 'begin b', 'end a', 'end b', 'begin c', 'end c']);
});

test('a step whose check says so is not run again', async () => {
  let runs = 0;
  const counted = step('a', [], async () => {
    runs += 1;
    return undefined;
  });
  await runSteps([{ ...counted, check: async () => true }, step('b', ['a'])], options());
  assert.equal(runs, 0);
});

test('the first failure stops the others, keeps later steps from starting and is the one reported', async () => {
  let later = false;
  const failing = step('failing', [], async () => {
    throw new DeployError({ what: 'no such thing' });
  });
  const patient = step('patient', [], async ({ signal }) => {
    await once(signal, 'abort');
    throw new Error('told to stop');
  });
  const never = step('later', ['patient'], async () => {
    later = true;
    return undefined;
  });
  await assert.rejects(runSteps([patient, failing, never], options()), (error: unknown) => {
    assert.ok(error instanceof StepFailure);
    assert.equal(error.step.name, 'failing');
    return true;
  });
  assert.equal(later, false);
});

test('a plan with a missing name, a circle or two of one name is refused', () => {
  assert.throws(() => checkPlan([step('a', ['b'])]), /a/);
  assert.throws(() => checkPlan([step('a', ['b']), step('b', ['a'])]), /wait for each other/);
  assert.throws(() => checkPlan([step('a', []), step('a', [])]), /same name/);
});
