import { join } from 'node:path';
import { urlOf } from '../config/common.js';
import { configFileOf, serviceArguments } from '../config/files.js';
import type { Deployment } from '../deployment/deployment.js';
import { pluginCode, pluginEnvironment } from './plugin.js';
import { type Service, stage } from './service.js';

/** Networks; it loads our mechanism driver. */
export const neutron = (deployment: Deployment): Service => ({
  name: 'neutron-server',
  title: 'Neutron',
  after: ['database-neutron', 'rabbitmq', 'plugin'],
  stage: stage.service,
  command: ['/usr/bin/neutron-server', ...serviceArguments(deployment, 'neutron', 'neutron-server')],
  environment: pluginEnvironment(deployment),
  configFiles: [configFileOf(deployment, 'neutron')],
  code: [pluginCode(deployment)],
  folders: [join(deployment.paths.data, 'neutron')],
  ports: [deployment.ports.neutron],
  ready: { kind: 'http', url: urlOf(deployment, 'neutron', '/') },
});
