import type { FaultRuleInput } from '@openstack-powervm/simulator';
import type { Rig } from '../rig.js';
import type { FaultFlow } from './flow.js';
import type { State } from './state.js';
import { type Beginning, Trial } from './trial.js';

/** A run without any fault: what there was before and after it, and what it did. */
export interface Reference {
  readonly flow: FaultFlow;
  readonly beginning: Beginning;
  readonly before: State;
  readonly after: State;
  readonly points: readonly Point[];
  readonly steps: readonly string[];
}

/** A request of the operation, as something that a fault rule can name. */
export interface Point {
  readonly method: NonNullable<FaultRuleInput['method']>;
  readonly path: string;
  readonly skip: number;
}

export async function runWithoutFault(flow: FaultFlow): Promise<Reference> {
  const beginning = await Trial.arrange(flow);
  await using trial = await Trial.open(flow, beginning);
  const before = await trial.state();
  const steps: string[] = [];
  trial.hooks = {
    beforeStep: (operation, step) => {
      if (operation === flow.operation) steps.push(step);
    },
  };
  trial.rig.requests.length = 0;
  await trial.act();
  const points = pointsOf(trial.rig);
  return { flow, beginning, before, after: await trial.state(), points, steps };
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

export function nameOf({ method, path, skip }: Point): string {
  return `${method} ${path} #${skip}`;
}
