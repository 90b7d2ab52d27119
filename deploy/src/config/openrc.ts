import type { Deployment } from '../deployment/deployment.js';
import { urlOf } from './common.js';

/** The environment of the `openstack` client as administrator. */
export function administratorEnvironment(deployment: Deployment): Record<string, string> {
  return {
    OS_AUTH_URL: urlOf(deployment, 'keystone', '/v3'),
    OS_IDENTITY_API_VERSION: '3',
    OS_REGION_NAME: deployment.region,
    OS_USERNAME: 'admin',
    OS_PASSWORD: deployment.secrets.admin,
    OS_PROJECT_NAME: 'admin',
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
    OS_PLACEMENT_API_VERSION: '1.39',
    no_proxy: `${deployment.address},localhost`,
  };
}

/** The same as a file to source. */
export function openrc(deployment: Deployment): string {
  return Object.entries(administratorEnvironment(deployment))
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('');
}
