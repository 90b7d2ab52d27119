import { dirname } from 'node:path';
import { urlOf } from '../config/common.js';
import { configFileOf } from '../config/files.js';
import type { Deployment } from '../deployment/deployment.js';
import { type Service, stage } from './service.js';
import { wsgiCommand } from './wsgi.js';

/** Inventories and allocations. */
export const placement = (deployment: Deployment): Service => ({
  name: 'placement',
  title: 'Placement',
  after: ['database-placement'],
  stage: stage.service,
  command: wsgiCommand(deployment, {
    program: '/usr/bin/placement-api',
    port: deployment.ports.placement,
  }),
  environment: { OS_PLACEMENT_CONFIG_DIR: dirname(configFileOf(deployment, 'placement')) },
  configFiles: [configFileOf(deployment, 'placement')],
  ports: [deployment.ports.placement],
  ready: { kind: 'http', url: urlOf(deployment, 'placement', '/') },
});
