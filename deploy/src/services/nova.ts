import { join } from 'node:path';
import { queueOf, urlOf } from '../config/common.js';
import { configFileOf, novaDatabaseFile, serviceArguments } from '../config/files.js';
import type { Deployment } from '../deployment/deployment.js';
import { novaComputeLauncher, pluginCode, pluginEnvironment } from './plugin.js';
import { type Service, stage } from './service.js';

type Part = Pick<Service, 'name' | 'title' | 'after' | 'ready'> & Partial<Service>;

function novaService(deployment: Deployment, part: Part): Service {
  return {
    stage: stage.service,
    command: [`/usr/bin/${part.name}`, ...serviceArguments(deployment, 'nova', part.name)],
    configFiles: [configFileOf(deployment, 'nova')],
    folders: [join(deployment.paths.data, 'nova', 'instances')],
    ...part,
  };
}

/** A service of Nova that reaches the databases. */
function controlService(deployment: Deployment, part: Part, ...args: string[]): Service {
  const databases = novaDatabaseFile(deployment);
  const service = novaService(deployment, part);
  return {
    ...service,
    command: [...service.command, '--config-file', databases, ...args],
    configFiles: [configFileOf(deployment, 'nova'), databases],
  };
}

/** Compute, without the compute host. */
export const nova = (deployment: Deployment): Service[] => [
  // Conductor and scheduler ask Keystone for a token while they start, and give up when refused.
  controlService(deployment, {
    name: 'nova-conductor',
    title: 'Nova conductor',
    after: ['database-nova', 'rabbitmq', 'identity'],
    ready: queueOf(deployment, 'conductor'),
  }),
  controlService(deployment, {
    name: 'nova-scheduler',
    title: 'Nova scheduler',
    after: ['database-nova', 'rabbitmq', 'identity', 'placement'],
    ready: queueOf(deployment, 'scheduler'),
  }),
  controlService(deployment, {
    name: 'nova-api',
    title: 'Nova API',
    after: ['database-nova', 'rabbitmq', 'plugin'],
    // It checks the powervm: keys of flavors with our plug-in.
    environment: pluginEnvironment(deployment),
    code: [pluginCode(deployment)],
    ports: [deployment.ports.nova],
    ready: { kind: 'http', url: urlOf(deployment, 'nova', '/') },
  }),
  controlService(
    deployment,
    {
      name: 'nova-novncproxy',
      title: 'Nova console proxy',
      after: ['database-nova'],
      ports: [deployment.ports.novncproxy],
      ready: { kind: 'tcp', port: deployment.ports.novncproxy },
    },
    ...['--web', '/usr/share/novnc'],
  ),
];

/** The compute host's own service, with our driver in it. */
export const novaCompute = (deployment: Deployment): Service =>
  novaService(deployment, {
    name: 'nova-compute',
    title: 'Nova compute with the PowerVM driver',
    after: ['nova-conductor', 'placement', 'compute-daemon', 'plugin'],
    stage: stage.host,
    command: [novaComputeLauncher(deployment), ...serviceArguments(deployment, 'nova', 'nova-compute')],
    code: [pluginCode(deployment)],
    ready: queueOf(deployment, 'compute'),
  });
