import { join } from 'node:path';
import { type CloudAccess, renderConfig } from '@openstack-powervm/deploy';
import { capabilities } from './capabilities.js';
import type { Ground } from './prepare.js';

/** The cloud that Tempest is told of. */
export interface Site {
  readonly access: CloudAccess;
  /** File with the certificates that its endpoints are trusted by; undefined for the system's own. */
  readonly caFile?: string | undefined;
  readonly ground: Ground;
  readonly withVolumes: boolean;
  /** How long a server, an image or a port may take to become what it shall be, seconds. */
  readonly buildTimeout: number;
}

/** tempest.conf for a cloud; Tempest keeps its log and its locks in `folder`. */
export function tempestConfig(site: Site, folder: string): string {
  const { access, ground } = site;
  const polling = { build_interval: 1, build_timeout: site.buildTimeout };
  return renderConfig({
    DEFAULT: { log_file: join(folder, 'tempest.log') },
    oslo_concurrency: { lock_path: join(folder, 'lock') },
    auth: {
      use_dynamic_credentials: true,
      create_isolated_networks: false,
      admin_username: access.user.name,
      admin_password: access.password,
      admin_project_name: access.project.name,
      admin_domain_name: access.user.domain,
    },
    identity: {
      uri_v3: access.authUrl,
      auth_version: 'v3',
      region: access.region,
      ca_certificates_file: site.caFile,
    },
    service_available: {
      ...{ nova: true, glance: true, neutron: true, cinder: site.withVolumes },
      ...{ swift: false, horizon: false },
    },
    compute: {
      image_ref: ground.image,
      image_ref_alt: ground.otherImage,
      flavor_ref: ground.flavor,
      flavor_ref_alt: ground.otherFlavor,
      fixed_network_name: ground.network,
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
      floating_network_name: ground.publicNetworkName,
      ...polling,
    },
    'network-feature-enabled': { port_security: true, ipv6_subnet_attributes: true },
    image: { disk_formats: 'raw', container_formats: 'bare', ...polling },
    volume: { catalog_type: 'volumev3', ...polling },
    'volume-feature-enabled': { backup: false },
  });
}
