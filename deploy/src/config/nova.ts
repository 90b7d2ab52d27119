import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import {
  clientAuth,
  databaseSection,
  passwordAuth,
  runtimeSections,
  tokenSections,
  transportUrl,
} from './common.js';
import { physicalNetwork } from './neutron.js';
import { computeSocket, driverOptions } from './power-system.js';
import type { ConfigFile } from './render.js';

/** How often the scheduler looks for compute hosts that have no cell yet, seconds. */
const discoveryInterval = 3;

/** Nova's default, and the filter that counts SR-IOV ports. */
const schedulerFilters = [
  'ComputeFilter',
  'ComputeCapabilitiesFilter',
  'ImagePropertiesFilter',
  'ServerGroupAntiAffinityFilter',
  'ServerGroupAffinityFilter',
  'PciPassthroughFilter',
];

function defaultSection(deployment: Deployment): ConfigFile[string] {
  const state = join(deployment.paths.data, 'nova');
  return {
    host: deployment.host,
    my_ip: deployment.address,
    state_path: state,
    instances_path: join(state, 'instances'),
    transport_url: transportUrl(deployment),
    // Without it every service waits a random time, up to a minute, before its first periodic work.
    periodic_fuzzy_delay: 0,
    enabled_apis: 'osapi_compute',
    osapi_compute_listen: deployment.address,
    osapi_compute_listen_port: deployment.ports.nova,
    osapi_compute_workers: 1,
    compute_driver: 'powervm_ext.driver.PowerVMDriver',
    force_config_drive: true,
    vif_plugging_is_fatal: true,
    vif_plugging_timeout: 60,
    allow_resize_to_same_host: true,
  };
}

function vncSection({ address, ports }: Deployment): ConfigFile[string] {
  return {
    enabled: true,
    server_listen: address,
    server_proxyclient_address: address,
    novncproxy_host: address,
    novncproxy_port: ports.novncproxy,
    novncproxy_base_url: `http://${address}:${ports.novncproxy}/vnc_lite.html`,
  };
}

/** The databases, for Nova's services other than the compute host's: that one reaches none. */
export function novaDatabaseConfig(deployment: Deployment): ConfigFile {
  return {
    api_database: databaseSection(deployment, 'nova', 'nova_api'),
    database: databaseSection(deployment, 'nova'),
  };
}

/** nova.conf, for every service of Nova. */
export function novaConfig(deployment: Deployment): ConfigFile {
  return {
    DEFAULT: defaultSection(deployment),
    powervm: { ...driverOptions(deployment), daemon_socket: computeSocket(deployment) },
    wsgi: { api_paste_config: '/etc/nova/api-paste.ini' },
    api: { auth_strategy: 'keystone' },
    ...tokenSections(deployment, 'nova'),
    glance: clientAuth(deployment, 'nova'),
    neutron: { ...clientAuth(deployment, 'nova'), service_metadata_proxy: false },
    placement: clientAuth(deployment, 'nova'),
    cinder: {
      ...passwordAuth(deployment, 'nova'),
      os_region_name: deployment.region,
      catalog_info: 'volumev3::publicURL',
    },
    conductor: { workers: 1 },
    scheduler: { workers: 1, discover_hosts_in_cells_interval: discoveryInterval },
    filter_scheduler: { enabled_filters: schedulerFilters },
    pci: { device_spec: JSON.stringify({ physical_network: physicalNetwork.sriov }) },
    vnc: vncSection(deployment),
    oslo_policy: { policy_dirs: '/etc/nova/policy.d' },
    ...runtimeSections(deployment),
  };
}
