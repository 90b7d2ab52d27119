import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { databaseSection, runtimeSections, tokenSections } from './common.js';
import type { ConfigFile } from './render.js';

/** glance-api.conf: images are files below the state directory. */
export function glanceConfig(deployment: Deployment): ConfigFile {
  const folder = (name: string) => ({
    filesystem_store_datadir: join(deployment.paths.data, 'glance', name),
  });
  return {
    DEFAULT: {
      bind_host: deployment.address,
      bind_port: deployment.ports.glance,
      workers: 1,
      enabled_backends: 'file:file',
    },
    glance_store: { default_backend: 'file' },
    file: folder('images'),
    os_glance_staging_store: folder('staging'),
    os_glance_tasks_store: folder('tasks'),
    database: databaseSection(deployment, 'glance'),
    ...tokenSections(deployment, 'glance'),
    paste_deploy: { flavor: 'keystone', config_file: '/etc/glance/glance-api-paste.ini' },
    oslo_policy: { policy_dirs: '/etc/glance/policy.d' },
    ...runtimeSections(deployment),
  };
}
