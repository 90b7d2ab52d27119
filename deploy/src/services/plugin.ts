import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';

/** Folder of our Python plug-in. */
export const pluginCode = (deployment: Deployment) => join(deployment.paths.repository, 'python');

/** The environment in which stock Nova and Neutron find our plug-in without being changed. */
export const pluginEnvironment = (deployment: Deployment): Record<string, string> => ({
  PYTHONPATH: pluginCode(deployment),
});
