import { join } from 'node:path';
import { rabbitmqEnvironment } from '../config/rabbitmq.js';
import type { Deployment } from '../deployment/deployment.js';
import { type Service, stage } from './service.js';

/** Erlang's name server on a port of our own: the machine's broker may have its own running. */
export const epmd = ({ address, ports }: Deployment): Service => ({
  name: 'epmd',
  title: 'Erlang port mapper',
  after: ['configuration'],
  stage: stage.ground,
  command: ['/usr/bin/epmd', '-port', `${ports.epmd}`, '-address', address],
  ports: [ports.epmd],
  ready: { kind: 'tcp', port: ports.epmd },
});

/** The message broker. */
export const rabbitmq = (deployment: Deployment): Service => ({
  name: 'rabbitmq',
  title: 'RabbitMQ',
  after: ['epmd'],
  stage: stage.broker,
  command: ['/usr/lib/rabbitmq/bin/rabbitmq-server'],
  environment: rabbitmqEnvironment(deployment),
  configFiles: [join(deployment.paths.etc, 'rabbitmq', 'rabbitmq.conf')],
  folders: [join(deployment.paths.data, 'rabbitmq', 'mnesia'), join(deployment.paths.log, 'rabbitmq')],
  ports: [deployment.ports.rabbitmq, deployment.ports.rabbitmqDistribution],
  ready: { kind: 'tcp', port: deployment.ports.rabbitmq },
  graceMs: 20_000,
});
