import { join } from 'node:path';
import { urlOf } from '../config/common.js';
import { configFileOf, serviceArguments } from '../config/files.js';
import type { Deployment } from '../deployment/deployment.js';
import { type Service, stage } from './service.js';

/** Images. */
export const glance = (deployment: Deployment): Service => ({
  name: 'glance-api',
  title: 'Glance',
  after: ['database-glance'],
  stage: stage.service,
  command: ['/usr/bin/glance-api', ...serviceArguments(deployment, 'glance', 'glance-api')],
  configFiles: [configFileOf(deployment, 'glance')],
  folders: ['images', 'staging', 'tasks'].map((name) => join(deployment.paths.data, 'glance', name)),
  ports: [deployment.ports.glance],
  ready: { kind: 'http', url: urlOf(deployment, 'glance', '/healthcheck') },
});
