import { exampleCall, removalOf } from '../rig.js';
import type { Point, Reference } from './reference.js';
import type { Report } from './report.js';
import { stateOf } from './state.js';
import { Trial } from './trial.js';
import { checkState } from './verdict.js';
import { Wire } from './wire.js';

/** A daemon that is killed when the console has done what a request asked for, and what Nova does after its restart. */
export interface Kill {
  readonly point: Point;
  readonly then: 'destroyed' | 'repeated';
}

/**
 * After every request that changes something. A deployment is never repeated: Nova gives the server up, and its owner
 * deletes it. An image belongs to no server, so nobody deletes it: the next who needs it finds it whole or makes it.
 */
export function killsOf({ points, flow }: Reference): Kill[] {
  const changes = points.filter(({ method }) => method !== 'GET');
  const ways = (['repeated', 'destroyed'] as const).filter((then) =>
    then === 'repeated' ? flow.operation !== 'spawn' : flow.subject !== 'images',
  );
  return changes.flatMap((point) => ways.map((then) => ({ point, then })));
}

/**
 * Kills the daemon and starts another one: the operation, once more, ends as if nothing had happened, and destroy
 * leaves nothing (R06, L-5).
 */
export async function killOnce(reference: Reference, { point, then }: Kill, report: Report): Promise<void> {
  const { flow, beginning, after } = reference;
  await using wire = new Wire();
  await using trial = await Trial.open(flow, beginning, { through: (url) => wire.to(url) });
  await actUntilKilled(trial, wire, point, report);
  await using restarted = await trial.rig.restart();
  const state = { state: () => stateOf(restarted, trial.bridges, flow) };
  report.operations += 1;
  if (then === 'repeated') await flow.act(restarted, trial.params);
  else await restarted.driver.destroy(removalOf(trial.params), exampleCall());
  await checkState(state, then === 'repeated' ? after : beginning.empty, report);
}

/** The process is this one, so it is made deaf and dumb: its wire is cut, and what it had under way fails. */
async function actUntilKilled(trial: Trial, wire: Wire, point: Point, report: Report): Promise<void> {
  const { faults } = trial.rig.simulator;
  faults.add({ ...point, count: 1, effect: { kind: 'hang', when: 'after' } });
  const hasActed = () => faults.list().some(({ acted }) => acted > 0);
  report.operations += 1;
  let over = false;
  const acting = trial
    .act()
    .catch(() => {})
    .finally(() => {
      over = true;
    });
  while (!over && !hasActed()) await new Promise((resolve) => setTimeout(resolve, 2));
  // The rule has acted when the request arrives; a moment later the console has done it.
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (hasActed()) report.faults += 1;
  else report.missed += 1;
  wire.cut();
  faults.clear();
  await trial.rig.driver.cleanupHost();
  await acting;
}
