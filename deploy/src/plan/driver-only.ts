import type { Deployment } from '../deployment/deployment.js';
import { ensureInstance } from '../driver-only/deploy-instance.js';
import { instanceName } from '../driver-only/instance.js';
import { computeDaemon, powerSystem } from '../services/powervm.js';
import { serviceStep } from '../services/supervise.js';
import type { Step } from '../steps/step.js';
import { portsStep } from './preparation.js';

/** Everything that needs neither root nor Debian: the Power system, the daemon, and one instance. */
export function driverOnlyPlan(deployment: Deployment): Step[] {
  const services = [powerSystem(deployment), computeDaemon(deployment)];
  return [
    portsStep(deployment, services),
    ...services.map((service) => serviceStep(deployment, service)),
    {
      name: 'instance',
      title: `Instance ${instanceName}`,
      after: ['compute-daemon'],
      run: async ({ signal }) => {
        await ensureInstance(deployment, signal);
        return 'running';
      },
      tryThis: 'log/compute-daemon.log of the state directory tells the story',
    },
  ];
}
