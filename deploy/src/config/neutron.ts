import { join } from 'node:path';
import type { Deployment } from '../deployment/deployment.js';
import { clientAuth, databaseSection, runtimeSections, tokenSections, transportUrl } from './common.js';
import { driverOptions } from './power-system.js';
import type { ConfigFile } from './render.js';

/** The physical network behind the Shared Ethernet Adapter, and the VLAN ids that tenants' networks get. */
export const physicalNetwork = { name: 'default', vlans: { first: 1000, last: 1999 } } as const;

/** neutron.conf with the ML2 plug-in's options: VLAN networks, bound by our own mechanism driver. */
export function neutronConfig(deployment: Deployment): ConfigFile {
  const { name, vlans } = physicalNetwork;
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
      // Routers exist in the API; nobody routes.
      service_plugins: 'router',
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
    ml2: { type_drivers: ['vlan', 'flat'], tenant_network_types: 'vlan', mechanism_drivers: 'pvm_sea' },
    ml2_type_vlan: { network_vlan_ranges: `${name}:${vlans.first}:${vlans.last}` },
    oslo_policy: { policy_dirs: '/etc/neutron/policy.d' },
    ...runtimeSections(deployment),
  };
}

/** The file of the Shared Ethernet Adapter agent, read after neutron.conf. */
export function seaAgentConfig(deployment: Deployment): ConfigFile {
  const { rest_endpoint, rest_username, rest_password } = driverOptions(deployment);
  return {
    AGENT: { bridge_mappings: `${physicalNetwork.name}:ent5:vios1` },
    powervm: { rest_endpoint, rest_username, rest_password },
  };
}
