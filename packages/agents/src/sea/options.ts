import { hostname } from 'node:os';
import { boolean, integer, type OsloConfig, option, string } from '@openstack-powervm/oslo';
import { AgentError } from '../errors.js';

const AGENT = 'AGENT';
const POWERVM = 'powervm';

/** Every option that the agent reads, with the names and defaults of requirements 9.3, and where the PowerVM REST server is. */
export const seaAgentOptions = {
  host: option('DEFAULT', 'host', string, '', {
    help: "Name of this host, as nova-compute's host option has it. Empty: the machine's host name.",
  }),
  spread: option('DEFAULT', 'load_balance_vlan_across_veas', boolean, false, {
    help: 'Give each VLAN a trunk adapter of its own as long as there may be more.',
  }),
  exceptionInterval: option(AGENT, 'exception_interval', integer({ min: 1 }), 5, {
    help: 'Seconds to wait after an unexpected error. At least 1.',
  }),
  healInterval: option(AGENT, 'heal_and_optimize_interval', integer({ min: 1 }), 1800, {
    help: 'Seconds between two comparisons of all VLANs needed with all there are. At least 1.',
  }),
  reportInterval: option(AGENT, 'report_interval', integer({ min: 1 }), 30, {
    help: "Seconds between two reports to Neutron; less than half of the server's agent_down_time. At least 1.",
  }),
  bridgeMappings: option(AGENT, 'bridge_mappings', string, '', {
    help: 'Which Shared Ethernet Adapter serves which physical network: network:device:vios, separated by commas.',
  }),
  cleanup: option(AGENT, 'automated_powervm_vlan_cleanup', boolean, true, {
    help: 'Take VLANs that no partition needs off the Shared Ethernet Adapters.',
  }),
  privateSwitch: option(POWERVM, 'pvm_vswitch_for_novalink_io', string, 'NovaLinkVEABridge', {
    help: 'Virtual switch between NovaLink and the partitions, which no Shared Ethernet Adapter serves.',
  }),
  endpoint: option(POWERVM, 'rest_endpoint', string, 'http://localhost:12080', {
    help: 'Where the PowerVM REST server listens. The default is the NovaLink of this machine.',
  }),
  username: option(POWERVM, 'rest_username', string, '', {
    help: 'User at the PowerVM REST server. Empty: log on with the local token file of NovaLink.',
  }),
  password: option(POWERVM, 'rest_password', string, '', {
    secret: true,
    help: 'Password of rest_username.',
  }),
  caCerts: option(POWERVM, 'rest_ca_certs', string, '', {
    help: "PEM file of the REST server's certificate authority. Empty: the authorities of the system.",
  }),
};

export interface SeaAgentOptions {
  /** Name of this host in Neutron. */
  readonly host: string;
  readonly exceptionIntervalMs: number;
  readonly healIntervalMs: number;
  readonly reportIntervalMs: number;
  /** As written; see `parseBridgeMappings`. */
  readonly bridgeMappings: string;
  /** Whether VLANs that nobody needs are taken off the bridges. */
  readonly cleanup: boolean;
  /** Give each VLAN a trunk of its own as long as there may be more. */
  readonly spread: boolean;
  /** Switches whose adapters no bridge serves (SEAA-7). */
  readonly excludedSwitches: readonly string[];
}

/** Where the PowerVM REST server is and who asks; without a user the local token file is used. */
export interface RestOptions {
  readonly endpoint: string;
  readonly username: string;
  /** Secret. */
  readonly password: string;
  readonly caCerts: string;
}

/** @throws OsloError OSLO_CONFIG_VALUE naming file and option (CFG-1) */
export function readSeaAgentOptions(config: OsloConfig): SeaAgentOptions {
  return {
    host: config.read(seaAgentOptions.host) || hostname(),
    exceptionIntervalMs: config.read(seaAgentOptions.exceptionInterval) * 1000,
    healIntervalMs: config.read(seaAgentOptions.healInterval) * 1000,
    reportIntervalMs: config.read(seaAgentOptions.reportInterval) * 1000,
    bridgeMappings: config.read(seaAgentOptions.bridgeMappings),
    cleanup: config.read(seaAgentOptions.cleanup),
    spread: config.read(seaAgentOptions.spread),
    excludedSwitches: ['MGMTSWITCH', config.read(seaAgentOptions.privateSwitch)],
  };
}

/** @throws AgentError AGENT_CONFIG when only one half of the credentials is given */
export function readRestOptions(config: OsloConfig): RestOptions {
  const username = config.read(seaAgentOptions.username);
  const password = config.read(seaAgentOptions.password);
  if ((username === '') !== (password === ''))
    throw new AgentError(
      'AGENT_CONFIG',
      'options rest_username and rest_password in [powervm] go together: set both or none',
    );
  return {
    endpoint: config.read(seaAgentOptions.endpoint),
    username,
    password,
    caCerts: config.read(seaAgentOptions.caCerts),
  };
}
