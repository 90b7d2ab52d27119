import type { FaultFlow } from './flow.js';
import { type Kill, killOnce, killsOf } from './kill.js';
import { type FaultKind, faultKinds } from './kinds.js';
import { nameOf, type Point, type Reference, runWithoutFault } from './reference.js';
import type { Report } from './report.js';
import { severalAtOnce } from './several-at-once.js';
import { Trial } from './trial.js';
import { attempt, checkPromises } from './verdict.js';

/** Most of a trial is work of this process; a few keep it busy while others wait. */
const trialsAtOnce = 4;

/** What of a flow is tried: names of kinds of faults, and whether steps fail and the daemon is killed. */
export interface Choice {
  readonly kinds: readonly string[];
  readonly steps: boolean;
  readonly kills: boolean;
}

export const everything: Choice = { kinds: Object.keys(faultKinds), steps: true, kills: true };

/** Lets everything in a flow fail once, each time on a system of its own. */
export async function campaign(flow: FaultFlow, choice: Choice, report: Report): Promise<void> {
  const reference = await runWithoutFault(flow);
  report.operations += 1;
  for (const name of choice.kinds) {
    const kind = faultKinds[name];
    if (!kind) throw new Error(`no kind of fault is called "${name}"`);
    await severalAtOnce(reference.points, kind.atOnce, (point) =>
      report.trial(`${name} at ${nameOf(point)}`, () => failRequest(reference, point, kind, report)),
    );
  }
  if (choice.steps) await failSteps(reference, report);
  if (choice.kills)
    await severalAtOnce(killsOf(reference), trialsAtOnce, (kill: Kill) =>
      report.trial(`killed after ${nameOf(kill.point)}, then ${kill.then}`, () =>
        killOnce(reference, kill, report),
      ),
    );
}

async function failRequest(
  reference: Reference,
  point: Point,
  { effect, count = 1, limitMs, ...cause }: FaultKind,
  report: Report,
): Promise<void> {
  const surroundings = limitMs === undefined ? {} : { limitMs };
  await using trial = await Trial.open(reference.flow, reference.beginning, surroundings);
  trial.rig.simulator.faults.add({ ...point, count, effect });
  const { thrown, hit } = await attempt(trial, report);
  if (hit) report.faults += 1;
  else report.missed += 1;
  await checkPromises(trial, reference, { thrown, cause }, report);
}

async function failSteps(reference: Reference, report: Report): Promise<void> {
  const { flow, beginning, steps } = reference;
  const failures = steps.flatMap((step) =>
    (['beforeStep', 'afterStep'] as const).map((when) => ({ step, when })),
  );
  await severalAtOnce(failures, trialsAtOnce, ({ step, when }) =>
    report.trial(`${when} "${step}"`, async () => {
      await using trial = await Trial.open(flow, beginning);
      report.faults += 1;
      trial.hooks = {
        [when]: (running: string, name: string) => {
          if (running === flow.operation && name === step) throw new Error('broken');
        },
      };
      const { thrown } = await attempt(trial, report);
      await checkPromises(trial, reference, { thrown, cause: { words: /broken/ } }, report);
    }),
  );
}
