import { type Deployment, openDeployment } from '../deployment/deployment.js';
import { obstacles } from '../machine/support.js';
import { driverOnlyPlan } from '../plan/driver-only.js';
import { openstackPlan } from '../plan/openstack.js';
import { isRunning } from '../process/identity.js';
import { readRecord } from '../process/record.js';
import { DeployError } from '../steps/failure.js';
import type { Output } from './output.js';
import { runPlan } from './run-plan.js';
import { driverOnlySummary, openstackSummary } from './summary.js';

/** What `start` is asked to do. */
export interface StartOptions {
  readonly driverOnly: boolean;
  readonly signal: AbortSignal;
}

/** The daemon serves one compute host: nova-compute's plug-in or us. */
async function refuseBesideNova(deployment: Deployment): Promise<void> {
  const record = await readRecord(deployment.paths, 'nova-compute');
  if (!record || !isRunning(record.process)) return;
  throw new DeployError({
    what: `the whole OpenStack runs from ${deployment.paths.state}, and its nova-compute uses the daemon`,
    tryThis: 'npm stop before, or another POWERVM_STATE_DIR and POWERVM_PORT_BASE',
  });
}

/** `npm start`: brings everything up, or up again, as far as this machine allows. */
export async function start(output: Output, options: StartOptions): Promise<void> {
  const reasons = options.driverOnly ? ['--driver-only was given'] : await obstacles();
  const deployment = await openDeployment(process.env);
  if (reasons.length === 0) {
    const progress = await runPlan(deployment, openstackPlan(deployment), output, options.signal);
    output.line(openstackSummary(deployment, progress, output.paint));
    return;
  }
  output.line('Without OpenStack: no Keystone, Glance, Placement, Nova, Neutron, Cinder, no network agent.');
  for (const reason of reasons) output.line(`  because ${reason}`);
  output.line();
  await refuseBesideNova(deployment);
  const progress = await runPlan(deployment, driverOnlyPlan(deployment), output, options.signal);
  output.line(driverOnlySummary(deployment, progress, output.paint));
}
