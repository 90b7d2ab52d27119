import type { Deployment } from '../deployment/deployment.js';
import { type Service, stage } from './service.js';

/** The cache for tokens and for Keystone's own reads. */
export const memcached = ({ address, ports }: Deployment): Service => ({
  name: 'memcached',
  title: 'memcached',
  after: ['configuration'],
  stage: stage.ground,
  command: [
    '/usr/bin/memcached',
    '-u',
    'nobody',
    '-l',
    address,
    '-p',
    `${ports.memcached}`,
    '-m',
    '64',
    '-t',
    '1',
  ],
  ports: [ports.memcached],
  ready: { kind: 'tcp', port: ports.memcached },
});
