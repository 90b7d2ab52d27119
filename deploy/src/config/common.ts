import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import type { ConfigFile, ConfigSection } from './render.js';

/** An OpenStack service with a user of its own in Keystone. */
export type ServiceUser = 'glance' | 'placement' | 'nova' | 'neutron' | 'cinder';

/** The URL of a listener of the deployment. */
export function urlOf(deployment: Deployment, port: keyof Deployment['ports'], path = ''): string {
  return `http://${deployment.address}:${deployment.ports[port]}${path}`;
}

/** Credentials of a service's user, as keystoneauth reads them. */
export function passwordAuth(deployment: Deployment, user: ServiceUser): ConfigSection {
  return {
    auth_type: 'password',
    auth_url: urlOf(deployment, 'keystone', '/v3'),
    username: user,
    password: deployment.secrets[user],
    user_domain_name: 'Default',
    project_name: 'service',
    project_domain_name: 'Default',
  };
}

/** The same with the region, for clients that look up an endpoint. */
export function clientAuth(deployment: Deployment, user: ServiceUser): ConfigSection {
  return { ...passwordAuth(deployment, user), region_name: deployment.region };
}

/** How an API checks the tokens that it is given, and which token it adds to its own requests. */
export function tokenSections(deployment: Deployment, user: ServiceUser): ConfigFile {
  return {
    keystone_authtoken: {
      ...clientAuth(deployment, user),
      www_authenticate_uri: urlOf(deployment, 'keystone', '/v3'),
      memcached_servers: `${deployment.address}:${deployment.ports.memcached}`,
      service_token_roles: 'service',
      service_token_roles_required: true,
    },
    service_user: { ...clientAuth(deployment, user), send_service_user_token: true },
  };
}

/** A database account; the database's name is the account's unless said otherwise. */
export type DatabaseAccount = ServiceUser | 'keystone';

/** A service's connection to one of its databases. */
export function databaseSection(
  deployment: Deployment,
  account: DatabaseAccount,
  database: string = account,
): ConfigSection {
  const { address, ports, secrets } = deployment;
  const password = secrets[`${account}Database`];
  return {
    connection: `mysql+pymysql://${account}:${password}@${address}:${ports.mariadb}/${database}?charset=utf8mb4`,
    max_pool_size: 5,
    max_overflow: 20,
  };
}

function brokerUrl({ address, ports, secrets }: Deployment, scheme: 'rabbit' | 'amqp'): string {
  return `${scheme}://openstack:${secrets.rabbitmq}@${address}:${ports.rabbitmq}/`;
}

/** The message broker's address, for `[DEFAULT] transport_url`. */
export function transportUrl(deployment: Deployment): string {
  return brokerUrl(deployment, 'rabbit');
}

/** What every service that exchanges messages or takes locks has in common. */
export function runtimeSections(deployment: Deployment): ConfigFile {
  return {
    oslo_messaging_rabbit: { heartbeat_in_pthread: false },
    oslo_messaging_notifications: { driver: 'noop' },
    oslo_concurrency: { lock_path: join(deployment.paths.data, 'lock') },
  };
}

/** The queue on which a service with this topic on our host takes messages; a backend of Cinder's is part of the host. */
export function queueOf(deployment: Deployment, topic: string, backend = '') {
  const queue = `${topic}.${deployment.host}${backend}`;
  return { kind: 'queue', broker: brokerUrl(deployment, 'amqp'), queue } as const;
}
