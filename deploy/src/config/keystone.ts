import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { databaseSection } from './common.js';
import type { ConfigFile } from './render.js';

/** Folder of a key repository of Keystone. */
export const keyRepository = (deployment: Deployment, name: 'fernet-keys' | 'credential-keys') =>
  join(deployment.paths.data, 'keystone', name);

/** keystone.conf */
export function keystoneConfig(deployment: Deployment): ConfigFile {
  const fernetKeys = keyRepository(deployment, 'fernet-keys');
  return {
    DEFAULT: { log_file: join(deployment.paths.log, 'keystone.log') },
    database: databaseSection(deployment, 'keystone'),
    cache: {
      enabled: true,
      backend: 'dogpile.cache.memcached',
      memcache_servers: `${deployment.address}:${deployment.ports.memcached}`,
    },
    token: { provider: 'fernet', expiration: 86_400 },
    // The fewest there are: passwords are long and random here, and every logon of a test would cost a quarter of a second.
    identity: { password_hash_rounds: 4 },
    fernet_tokens: { key_repository: fernetKeys },
    fernet_receipts: { key_repository: fernetKeys },
    credential: { key_repository: keyRepository(deployment, 'credential-keys') },
    oslo_policy: { policy_dirs: '/etc/keystone/policy.d' },
  };
}
