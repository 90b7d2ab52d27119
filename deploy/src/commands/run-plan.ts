import type { Deployment } from '../deployment/deployment.js';
import { exclusively } from '../deployment/lock.js';
import { Progress } from '../steps/progress.js';
import { runSteps } from '../steps/runner.js';
import type { Step } from '../steps/step.js';
import type { Output } from './output.js';

/** Runs a plan with its progress shown; gives the progress for the times that it has taken. */
export async function runPlan(
  deployment: Deployment,
  plan: readonly Step[],
  output: Output,
  signal: AbortSignal,
): Promise<Progress> {
  const progress = new Progress({ stream: output.stream, paint: output.paint, total: plan.length });
  await exclusively(deployment.paths, () => runSteps(plan, { signal, reporter: progress }));
  return progress;
}
