import { join } from 'node:path';
import { type Deployment, demonstrationNetwork, renderConfig, urlOf } from '@openstack-powervm/deploy';
import { capabilities } from './capabilities.js';
import type { Ground } from './prepare.js';

/** tempest.conf for a deployment. */
export function tempestConfig(
  deployment: Deployment,
  folder: string,
  ground: Ground,
  withVolumes: boolean,
): string {
  const polling = { build_interval: 1, build_timeout: 180 };
  return renderConfig({
    DEFAULT: { log_file: join(folder, 'tempest.log') },
    oslo_concurrency: { lock_path: join(folder, 'lock') },
    auth: {
      use_dynamic_credentials: true,
      create_isolated_networks: false,
      admin_username: 'admin',
      admin_password: deployment.secrets.admin,
      admin_project_name: 'admin',
      admin_domain_name: 'Default',
    },
    identity: {
      uri_v3: urlOf(deployment, 'keystone', '/v3'),
      auth_version: 'v3',
      region: deployment.region,
    },
    service_available: {
      ...{ nova: true, glance: true, neutron: true, cinder: withVolumes },
      ...{ swift: false, horizon: false },
    },
    compute: {
      image_ref: ground.image,
      image_ref_alt: ground.otherImage,
      flavor_ref: ground.flavor,
      flavor_ref_alt: ground.otherFlavor,
      fixed_network_name: demonstrationNetwork.name,
      hypervisor_type: 'phyp',
      min_compute_nodes: 1,
      min_microversion: '2.1',
      max_microversion: 'latest',
      ready_wait: 0,
      ...polling,
    },
    'compute-feature-enabled': Object.fromEntries(capabilities().map(({ flag, on }) => [flag, on])),
    // No operating system runs in a simulated partition, so nobody answers SSH.
    validation: { run_validation: false },
    network: {
      project_networks_reachable: false,
      public_network_id: ground.publicNetwork,
      floating_network_name: 'public',
      ...polling,
    },
    image: { disk_formats: 'raw', container_formats: 'bare', ...polling },
    volume: { catalog_type: 'volumev3', ...polling },
    'volume-feature-enabled': { backup: false },
  });
}
