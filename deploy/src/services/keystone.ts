import { dirname } from 'node:path';
import { urlOf } from '../config/common.js';
import { configFileOf } from '../config/files.js';
import type { Deployment } from '../deployment/deployment.js';
import { type Service, stage } from './service.js';
import { wsgiCommand } from './wsgi.js';

/** Identity. */
export const keystone = (deployment: Deployment): Service => ({
  name: 'keystone',
  title: 'Keystone',
  after: ['database-keystone', 'memcached'],
  stage: stage.service,
  command: wsgiCommand(deployment, {
    program: '/usr/bin/keystone-wsgi-public',
    port: deployment.ports.keystone,
  }),
  environment: { OS_KEYSTONE_CONFIG_DIR: dirname(configFileOf(deployment, 'keystone')) },
  configFiles: [configFileOf(deployment, 'keystone')],
  ports: [deployment.ports.keystone],
  ready: { kind: 'http', url: urlOf(deployment, 'keystone', '/v3') },
});
