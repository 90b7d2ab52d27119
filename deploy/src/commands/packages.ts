import { openDeployment } from '../deployment/deployment.js';
import { obstacles } from '../machine/support.js';
import { packagesStep } from '../plan/preparation.js';
import type { Output } from './output.js';
import { runPlan } from './run-plan.js';

/** Installs the Debian packages alone; on a machine that cannot have them it says so and leaves it at that. */
export async function packages(output: Output, signal: AbortSignal): Promise<void> {
  const reasons = await obstacles();
  for (const reason of reasons) output.line(`No packages are installed: ${reason}`);
  if (reasons.length > 0) return;
  const deployment = await openDeployment(process.env);
  await runPlan(deployment, [packagesStep(deployment)], output, signal);
}
