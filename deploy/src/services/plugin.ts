import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { runCommand } from '../process/command.js';
import { baseEnvironment } from '../process/environment.js';
import { Marker } from '../steps/marker.js';
import type { Step } from '../steps/step.js';
import { fingerprintOf } from './fingerprint.js';

/** Folder with the source of our Python plug-in. */
export const pluginCode = (deployment: Deployment) => join(deployment.paths.repository, 'python', 'src');

/** Folder where the plug-in is installed for this deployment alone. */
const pluginFolder = (deployment: Deployment) => join(deployment.paths.data, 'python');

/** Stock nova-compute, started with our driver in reach. */
export const novaComputeLauncher = (deployment: Deployment) =>
  join(pluginFolder(deployment), 'bin', 'nova-compute-powervm');

/** The environment in which stock Neutron finds our mechanism driver without being changed. */
export const pluginEnvironment = (deployment: Deployment): Record<string, string> => ({
  PYTHONPATH: pluginFolder(deployment),
});

/** The step that installs the plug-in, unless it is there as it is in the source. */
export function pluginStep(deployment: Deployment): Step {
  const marker = new Marker(deployment.paths, 'plugin');
  const digest = () =>
    fingerprintOf({ command: [], environment: {}, configFiles: [], code: [pluginCode(deployment)] });
  return {
    name: 'plugin',
    title: 'Plug-in for Nova and Neutron',
    after: ['packages'],
    check: async () => (await marker.read())?.finished === (await digest()),
    run: async ({ signal }) => {
      const installer = join(deployment.paths.repository, 'python', 'install.py');
      const program = {
        command: ['/usr/bin/python3', installer, '--target', pluginFolder(deployment)] as const,
        environment: baseEnvironment(deployment),
        workingDirectory: deployment.paths.data,
        logFile: join(deployment.paths.log, 'plugin.log'),
      };
      await runCommand(program, { signal });
      await marker.write({ finished: await digest() });
      return undefined;
    },
  };
}
