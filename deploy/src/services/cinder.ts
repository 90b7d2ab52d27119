import { join } from 'node:path';
import { queueOf, urlOf } from '../config/common.js';
import { configFileOf, serviceArguments } from '../config/files.js';
import type { Deployment } from '../deployment/deployment.js';
import { type Service, stage } from './service.js';

function cinderService(
  deployment: Deployment,
  part: Pick<Service, 'name' | 'title' | 'ready' | 'ports'>,
): Service {
  return {
    ...part,
    after: ['database-cinder', 'rabbitmq'],
    stage: stage.service,
    command: [`/usr/bin/${part.name}`, ...serviceArguments(deployment, 'cinder', part.name)],
    configFiles: [configFileOf(deployment, 'cinder')],
    folders: [join(deployment.paths.data, 'cinder')],
  };
}

/** Volumes. */
export const cinder = (deployment: Deployment): Service[] => [
  cinderService(deployment, {
    name: 'cinder-api',
    title: 'Cinder API',
    ports: [deployment.ports.cinder],
    ready: { kind: 'http', url: urlOf(deployment, 'cinder', '/healthcheck') },
  }),
  cinderService(deployment, {
    name: 'cinder-scheduler',
    title: 'Cinder scheduler',
    ready: queueOf(deployment, 'cinder-scheduler'),
  }),
  cinderService(deployment, {
    name: 'cinder-volume',
    title: 'Cinder volume service',
    ready: queueOf(deployment, 'cinder-volume', '@records'),
  }),
];
