import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { clientAuth, databaseSection, runtimeSections, tokenSections, transportUrl } from './common.js';
import { driverOptions } from './power-system.js';
import type { ConfigFile } from './render.js';

/** The VLAN ids that tenants' networks get on each physical network. */
const tenantVlans = '1000:1999';

/** The physical networks: behind the Shared Ethernet Adapter, and behind the SR-IOV ports of that label. */
export const physicalNetwork = { sea: 'default', sriov: 'data' } as const;

/** neutron.conf with the ML2 plug-in's options: VLAN networks, bound by our own mechanism drivers. */
export function neutronConfig(deployment: Deployment): ConfigFile {
  return {
    DEFAULT: {
      host: deployment.host,
      bind_host: deployment.address,
      bind_port: deployment.ports.neutron,
      api_workers: 1,
      rpc_workers: 1,
      rpc_state_report_workers: 0,
      state_path: join(deployment.paths.data, 'neutron'),
      // A title would overwrite the environment, and with it the mark that the process belongs to us.
      setproctitle: 'off',
      core_plugin: 'ml2',
      // Routers and meters exist in the API, where Tempest looks for them; nobody routes or counts.
      service_plugins: ['router', 'metering'],
      auth_strategy: 'keystone',
      transport_url: transportUrl(deployment),
      api_paste_config: '/etc/neutron/api-paste.ini',
      notify_nova_on_port_status_changes: true,
      notify_nova_on_port_data_changes: true,
      dhcp_agent_notification: false,
    },
    database: databaseSection(deployment, 'neutron'),
    ...tokenSections(deployment, 'neutron'),
    nova: clientAuth(deployment, 'nova'),
    placement: clientAuth(deployment, 'placement'),
    ml2: {
      type_drivers: ['vlan', 'flat'],
      tenant_network_types: 'vlan',
      mechanism_drivers: ['pvm_sea', 'pvm_sriov'],
      extension_drivers: 'port_security',
    },
    ml2_type_vlan: {
      network_vlan_ranges: Object.values(physicalNetwork).map((name) => `${name}:${tenantVlans}`),
    },
    oslo_policy: { policy_dirs: '/etc/neutron/policy.d' },
    ...runtimeSections(deployment),
  };
}

/** The file of the Shared Ethernet Adapter agent, read after neutron.conf. */
export function seaAgentConfig(deployment: Deployment): ConfigFile {
  return {
    AGENT: { bridge_mappings: `${physicalNetwork.sea}:ent5:vios1` },
    powervm: restOptions(deployment),
  };
}

/** The file of the SR-IOV agent, read after neutron.conf. */
export function sriovAgentConfig(deployment: Deployment): ConfigFile {
  return { powervm: restOptions(deployment) };
}

function restOptions(deployment: Deployment) {
  const { rest_endpoint, rest_username, rest_password } = driverOptions(deployment);
  return { rest_endpoint, rest_username, rest_password };
}
