import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { urlOf } from './common.js';

/** The Unix socket between nova-compute's plug-in and the compute daemon. */
export const computeSocket = (deployment: Deployment) => join(deployment.paths.run, 'compute.sock');

const terminalCommand = ({ paths }: Deployment, name: string) =>
  join(paths.repository, 'packages/simulator/commands', `${name}.mjs`);

/** What the simulated NovaLink partition shows of its disks. */
export const devicesFolder = (deployment: Deployment) => join(deployment.paths.data, 'devices');

/** The same for the one system there is. */
export const deviceRoot = (deployment: Deployment) => join(devicesFolder(deployment), 'sim1');

/** The driver's options: which Power system, and where disks go. */
export function driverOptions(deployment: Deployment) {
  return {
    rest_endpoint: urlOf(deployment, 'powerSystem'),
    // The simulator's own user; its REST API is on loopback.
    rest_username: 'pvmadmin',
    rest_password: 'pvmadmin-simulated',
    // Disks in a Shared Storage Pool can be captured; those in a volume group of a VIOS cannot.
    disk_driver: 'ssp',
    cluster_name: 'cluster1',
    // They stand in for NovaLink's commands of the same names and learn from the environment where the system is.
    mkvterm_command: terminalCommand(deployment, 'mkvterm'),
    rmvterm_command: terminalCommand(deployment, 'rmvterm'),
  } as const;
}
