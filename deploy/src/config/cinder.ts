import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import {
  clientAuth,
  databaseSection,
  runtimeSections,
  tokenSections,
  transportUrl,
  urlOf,
} from './common.js';
import type { ConfigFile } from './render.js';

/**
 * cinder.conf. The backend is Cinder's own logging driver: its volumes are records without data, since
 * a machine without device-mapper offers none of Cinder's local storage.
 */
export function cinderConfig(deployment: Deployment): ConfigFile {
  return {
    DEFAULT: {
      host: deployment.host,
      my_ip: deployment.address,
      state_path: join(deployment.paths.data, 'cinder'),
      osapi_volume_listen: deployment.address,
      osapi_volume_listen_port: deployment.ports.cinder,
      osapi_volume_workers: 1,
      auth_strategy: 'keystone',
      transport_url: transportUrl(deployment),
      api_paste_config: '/etc/cinder/api-paste.ini',
      rootwrap_config: '/etc/cinder/rootwrap.conf',
      glance_api_servers: urlOf(deployment, 'glance'),
      enabled_backends: 'records',
    },
    records: {
      volume_driver: 'cinder.tests.fake_driver.FakeLoggingVolumeDriver',
      volume_backend_name: 'records',
      target_helper: 'fake',
    },
    nova: clientAuth(deployment, 'nova'),
    database: databaseSection(deployment, 'cinder'),
    ...tokenSections(deployment, 'cinder'),
    oslo_policy: { policy_dirs: '/etc/cinder/policy.d' },
    ...runtimeSections(deployment),
  };
}
