import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { databaseSection, tokenSections } from './common.js';
import type { ConfigFile } from './render.js';

/** placement.conf */
export function placementConfig(deployment: Deployment): ConfigFile {
  return {
    DEFAULT: { log_file: join(deployment.paths.log, 'placement.log') },
    api: { auth_strategy: 'keystone' },
    placement_database: databaseSection(deployment, 'placement'),
    ...tokenSections(deployment, 'placement'),
    oslo_policy: { policy_dirs: '/etc/placement/policy.d' },
  };
}
