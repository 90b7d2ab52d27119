import { openDeployment } from '../deployment/deployment.js';
import { packages as openstackPackages, testPackages } from '../machine/packages.js';
import { obstacles } from '../machine/support.js';
import { packagesStep } from '../plan/preparation.js';
import type { Output } from './output.js';
import { runPlan } from './run-plan.js';

/** Installs the Debian packages alone, those of the tests too if wanted; on a machine that cannot have them it says so and leaves it at that. */
export async function packages(output: Output, withTests: boolean, signal: AbortSignal): Promise<void> {
  const reasons = await obstacles();
  for (const reason of reasons) output.line(`No packages are installed: ${reason}`);
  if (reasons.length > 0) return;
  const deployment = await openDeployment(process.env);
  const names = withTests ? [...openstackPackages, ...testPackages] : openstackPackages;
  await runPlan(deployment, [packagesStep(deployment, names)], output, signal);
}
