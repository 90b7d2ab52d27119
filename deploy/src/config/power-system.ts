import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { urlOf } from './common.js';

/** The Unix socket between nova-compute's plug-in and the compute daemon. */
export const computeSocket = (deployment: Deployment) => join(deployment.paths.run, 'compute.sock');

/** The driver's options: which Power system, and where disks go. */
export function driverOptions(deployment: Deployment) {
  return {
    rest_endpoint: urlOf(deployment, 'powerSystem'),
    // The simulator's own user; its REST API is on loopback.
    rest_username: 'pvmadmin',
    rest_password: 'pvmadmin-simulated',
    disk_driver: 'localdisk',
    volume_group_name: 'datavg',
  } as const;
}
