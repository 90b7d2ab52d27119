import assert from 'node:assert/strict';
import { PowerVMError } from '@openstack-powervm/rest';
import { DriverError } from '../../errors/index.js';
import type { FaultKind } from './kinds.js';
import type { Reference } from './reference.js';
import type { Report } from './report.js';
import type { State } from './state.js';
import type { Trial } from './trial.js';

/** What the caller must learn when the operation does not get over a fault. */
export type Cause = Pick<FaultKind, 'words'> & Partial<Pick<FaultKind, 'codes'>>;

/** Runs the operation with a fault in its way. `thrown` is undefined when it got over it; `hit`: the fault happened. */
export async function attempt(
  trial: Trial,
  report: Report,
): Promise<{ readonly thrown: unknown; readonly hit: boolean }> {
  report.operations += 1;
  const { faults } = trial.rig.simulator;
  const thrown: unknown = await trial.act().then(
    () => undefined,
    (error: unknown) => error,
  );
  const hit = faults.list().some(({ acted }) => acted > 0);
  trial.hooks = {};
  faults.clear();
  return { thrown, hit };
}

/**
 * Checks what the flow promises after a fault: an error that tells the cause as the right Nova exception, a system as
 * it was before, and that the next try does all of it (R05).
 */
export async function checkPromises(
  trial: Trial,
  { flow, before, after }: Reference,
  { thrown, cause }: { readonly thrown: unknown; readonly cause: Cause },
  report: Report,
): Promise<void> {
  if (thrown !== undefined) {
    checkError(thrown, flow.exceptions, cause);
    if (flow.afterFailure === 'undone') await checkState(trial, before, report);
    report.operations += 1;
    await trial.act();
  }
  await checkState(trial, after, report);
}

function checkError(thrown: unknown, exceptions: readonly string[], { words, codes }: Cause): void {
  assert.ok(thrown instanceof DriverError, `not an error of the driver: ${thrown}`);
  const { message, novaException } = thrown;
  assert.match(message, words, 'the cause is masked');
  assert.ok(exceptions.includes(novaException), `${novaException} instead of ${exceptions}: ${message}`);
  const rest = restErrorIn(thrown);
  if (codes && rest) assert.ok(codes.includes(rest.code), `${rest.code} instead of ${codes}: ${message}`);
}

function restErrorIn(thrown: unknown): PowerVMError | undefined {
  if (!(thrown instanceof Error)) return undefined;
  return PowerVMError.is(thrown) ? thrown : restErrorIn(thrown.cause);
}

export async function checkState(
  trial: Pick<Trial, 'state'>,
  expected: State,
  report: Report,
): Promise<void> {
  try {
    assert.deepEqual(await trial.state(), expected);
  } catch (thrown) {
    report.leaks += 1;
    throw thrown;
  }
}
