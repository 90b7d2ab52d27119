import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';

/** rabbitmq.conf: one listener, an own account, messages to standard output. */
export function rabbitmqConfig({ address, ports, secrets }: Deployment): string {
  const options = {
    'listeners.tcp.local': `${address}:${ports.rabbitmq}`,
    default_user: 'openstack',
    default_pass: secrets.rabbitmq,
    'log.console': true,
    'log.console.level': 'warning',
    'log.file': false,
  };
  return Object.entries(options)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

/** The environment that keeps RabbitMQ and Erlang away from the machine's own broker. */
export function rabbitmqEnvironment({ address, ports, paths }: Deployment): Record<string, string> {
  const etc = join(paths.etc, 'rabbitmq');
  const data = join(paths.data, 'rabbitmq');
  return {
    HOME: data,
    ERL_EPMD_ADDRESS: address,
    ERL_EPMD_PORT: String(ports.epmd),
    RABBITMQ_NODENAME: 'powervm@localhost',
    RABBITMQ_DIST_PORT: String(ports.rabbitmqDistribution),
    RABBITMQ_MNESIA_BASE: join(data, 'mnesia'),
    RABBITMQ_LOG_BASE: join(paths.log, 'rabbitmq'),
    RABBITMQ_CONFIG_FILE: join(etc, 'rabbitmq.conf'),
    RABBITMQ_CONFIG_FILES: join(etc, 'conf.d'),
    RABBITMQ_CONF_ENV_FILE: join(etc, 'rabbitmq-env.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(etc, 'advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(etc, 'enabled_plugins'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1 -kernel inet_dist_use_interface {127,0,0,1}',
    // Without it the start script stays in front of the broker and swallows its signals.
    RUNNING_UNDER_SYSTEMD: '1',
  };
}
