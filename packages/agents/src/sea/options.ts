import { hostname } from 'node:os';
import { boolean, integer, type OsloConfig, option, string } from '@openstack-powervm/oslo';
import { AgentError } from '../errors.js';

const AGENT = 'AGENT';
const POWERVM = 'powervm';

/** Options of the agent with the names and defaults of requirements 9.3, and where the PowerVM REST server is. */
const OPTIONS = {
  host: option('DEFAULT', 'host', string, ''),
  spread: option('DEFAULT', 'load_balance_vlan_across_veas', boolean, false),
  exceptionInterval: option(AGENT, 'exception_interval', integer({ min: 1 }), 5),
  healInterval: option(AGENT, 'heal_and_optimize_interval', integer({ min: 1 }), 1800),
  reportInterval: option(AGENT, 'report_interval', integer({ min: 1 }), 30),
  bridgeMappings: option(AGENT, 'bridge_mappings', string, ''),
  cleanup: option(AGENT, 'automated_powervm_vlan_cleanup', boolean, true),
  privateSwitch: option(POWERVM, 'pvm_vswitch_for_novalink_io', string, 'NovaLinkVEABridge'),
  endpoint: option(POWERVM, 'rest_endpoint', string, 'http://localhost:12080'),
  username: option(POWERVM, 'rest_username', string, ''),
  password: option(POWERVM, 'rest_password', string, '', { secret: true }),
  caCerts: option(POWERVM, 'rest_ca_certs', string, ''),
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
    host: config.read(OPTIONS.host) || hostname(),
    exceptionIntervalMs: config.read(OPTIONS.exceptionInterval) * 1000,
    healIntervalMs: config.read(OPTIONS.healInterval) * 1000,
    reportIntervalMs: config.read(OPTIONS.reportInterval) * 1000,
    bridgeMappings: config.read(OPTIONS.bridgeMappings),
    cleanup: config.read(OPTIONS.cleanup),
    spread: config.read(OPTIONS.spread),
    excludedSwitches: ['MGMTSWITCH', config.read(OPTIONS.privateSwitch)],
  };
}

/** @throws AgentError AGENT_CONFIG when only one half of the credentials is given */
export function readRestOptions(config: OsloConfig): RestOptions {
  const username = config.read(OPTIONS.username);
  const password = config.read(OPTIONS.password);
  if ((username === '') !== (password === ''))
    throw new AgentError(
      'AGENT_CONFIG',
      'options rest_username and rest_password in [powervm] go together: set both or none',
    );
  return {
    endpoint: config.read(OPTIONS.endpoint),
    username,
    password,
    caCerts: config.read(OPTIONS.caCerts),
  };
}
