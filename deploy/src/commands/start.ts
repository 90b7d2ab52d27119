import type { Deployment } from '../deployment/deployment.js';
import { openDeployment } from '../deployment/deployment.js';
import { exclusively } from '../deployment/lock.js';
import { obstacles } from '../machine/support.js';
import { openstackPlan } from '../plan/openstack.js';
import { Progress } from '../steps/progress.js';
import { runSteps } from '../steps/runner.js';
import type { Output } from './output.js';
import { openstackSummary } from './summary.js';

/** What `start` is asked to do. */
export interface StartOptions {
  readonly driverOnly: boolean;
  readonly signal: AbortSignal;
}

async function startOpenStack(deployment: Deployment, output: Output, signal: AbortSignal): Promise<void> {
  const plan = openstackPlan(deployment);
  const progress = new Progress({ stream: output.stream, paint: output.paint, total: plan.length });
  await exclusively(deployment.paths, () => runSteps(plan, { signal, reporter: progress }));
  output.line(openstackSummary(deployment, progress, output.paint));
}

/** `npm start`: brings everything up, or up again, as far as this machine allows. */
export async function start(output: Output, options: StartOptions): Promise<void> {
  const reasons = options.driverOnly ? [] : await obstacles();
  for (const reason of reasons) output.line(`Not the whole OpenStack: ${reason}.`);
  const deployment = await openDeployment(process.env);
  await startOpenStack(deployment, output, options.signal);
}
