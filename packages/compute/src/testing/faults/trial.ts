import assert from 'node:assert/strict';
import type { FaultRuleInput } from '@openstack-powervm/simulator';
import type { SpawnParams } from '../../contract/index.js';
import { DriverError } from '../../errors/index.js';
import type { FlowHooks } from '../../flow/index.js';
import { exampleInstance, exampleVif } from '../nova.js';
import { Rig } from '../rig.js';
import type { FaultFlow } from './flows.js';
import { injected, isSpoken } from './kinds.js';
import { type State, stateOf } from './state.js';
import { tally } from './tally.js';

/** Waits of the REST client and of the driver, made short. */
const quick = {
  clock: {
    now: () => performance.now(),
    sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 1)),
  },
  timing: {
    ...{ busyDelaysMs: [1, 1, 1], conflictDelayMs: () => 1, jobPollFirstMs: 5, closeMs: 500 },
    ...{ requestMs: 5000, updateMs: 5000 },
  },
};

/** One run of a flow on a system of its own. The same server each time, so that states can be compared. */
export class Trial implements AsyncDisposable {
  /** Set to let a step fail. */
  hooks: FlowHooks = {};

  private constructor(
    readonly flow: FaultFlow,
    readonly rig: Rig,
  ) {}

  static async open(flow: FaultFlow): Promise<Trial> {
    const holder: { trial?: Trial } = {};
    const hooks: FlowHooks = {
      beforeStep: (operation, step) => holder.trial?.hooks.beforeStep?.(operation, step),
      afterStep: (operation, step) => holder.trial?.hooks.afterStep?.(operation, step),
    };
    // The seed decides which VIOS comes first.
    const simulator = { seed: 1, ...flow.rig.simulator };
    holder.trial = new Trial(flow, await Rig.open({ ...quick, ...flow.rig, simulator, hooks }));
    return holder.trial;
  }

  /** Everything up to the operation itself. */
  async arrange(subject: Subject): Promise<() => Promise<unknown>> {
    const image = this.rig.images.add(1024 * 1024, { id: subject.imageId, name: 'campaign' });
    const { instance, vifs } = subject;
    const params = await this.rig.deployment({ image, instance, vifs, ...this.flow.deployment });
    return this.flow.arrange(this.rig, params);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rig[Symbol.asyncDispose]();
  }
}

/** The server of all trials of a flow. */
export interface Subject extends Pick<SpawnParams, 'instance' | 'vifs'> {
  readonly imageId: string;
}

/** A run without any fault: what there was before and after it, and what it did. */
export interface Reference {
  readonly subject: Subject;
  readonly before: State;
  readonly after: State;
  readonly points: readonly Point[];
  readonly steps: readonly string[];
}

/** A request of the operation, as something that a fault rule can name. */
export interface Point {
  readonly method: FaultRuleInput['method'];
  readonly path: string;
  readonly skip: number;
}

export async function runWithoutFault(flow: FaultFlow): Promise<Reference> {
  const subject: Subject = {
    instance: exampleInstance(),
    vifs: [exampleVif()],
    imageId: '3c2d6d1c-6a3c-4d0a-9d53-0d1d2f0b7e55',
  };
  await using trial = await Trial.open(flow);
  const { rig } = trial;
  const act = await trial.arrange(subject);
  const before = await stateOf(rig);
  const steps: string[] = [];
  trial.hooks = {
    beforeStep: (operation, step) => {
      if (operation === flow.operation) steps.push(step);
    },
  };
  rig.requests.length = 0;
  await act();
  const points = pointsOf(rig);
  tally.operations += 1;
  return { subject, before, after: await stateOf(rig), points, steps };
}

/** Every request of the rig as a point; several of one kind are told apart by how many come before. */
function pointsOf(rig: Rig): Point[] {
  const seen = new Map<string, number>();
  return rig.requests
    .filter(({ path }) => !path.includes('/Event?'))
    .map(({ method, path }) => {
      const pattern = (path.split('?')[0] ?? '')
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '*')
        .replace(/jobs\/\d+/, 'jobs/*');
      const skip = seen.get(`${method} ${pattern}`) ?? 0;
      seen.set(`${method} ${pattern}`, skip + 1);
      return { method: methodOf(method), path: pattern, skip };
    });
}

function methodOf(method: string): Point['method'] {
  if (method === 'GET' || method === 'PUT' || method === 'POST' || method === 'DELETE') return method;
  throw new Error(`no fault can be injected into ${method}`);
}

/** A fault in the way of a flow. */
export interface Fault {
  readonly flow: FaultFlow;
  readonly reference: Reference;
  /** For the message when a promise is broken. */
  readonly where: string;
  readonly kind: string;
}

/** Runs the operation with one fault, which `inject` puts there, and checks what the flow promises. */
export async function runWithFault(
  { flow, reference: { subject, before, after }, where, kind }: Fault,
  inject: (trial: Trial) => void,
): Promise<void> {
  await using trial = await Trial.open(flow);
  const act = await trial.arrange(subject);
  inject(trial);
  tally.faults += 1;
  const error = await outcome(act);
  trial.hooks = {};
  trial.rig.simulator.faults.clear();
  if (error !== undefined) {
    assert.ok(error instanceof DriverError, `${where}: ${error}`);
    if (isSpoken(kind)) assert.ok(error.message.includes(injected), `${where}: ${error.message}`);
    if (flow.afterFailure === 'repeatable') await act();
  }
  const expected = error === undefined || flow.afterFailure === 'repeatable' ? after : before;
  try {
    assert.deepEqual(await stateOf(trial.rig), expected, where);
  } catch (thrown) {
    tally.leaks += 1;
    throw thrown;
  }
}

async function outcome(act: () => Promise<unknown>): Promise<unknown> {
  tally.operations += 1;
  try {
    await act();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}
