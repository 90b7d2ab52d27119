import { hostname } from 'node:os';
import { integer, type OsloConfig, option, string } from '@openstack-powervm/oslo';
import { AgentError } from '../errors.js';

const AGENT = 'AGENT';
const POWERVM = 'powervm';

/** Options that every agent reads, with the names and defaults of requirements 9.3, and where the REST server is. */
export const agentOptions = {
  host: option('DEFAULT', 'host', string, '', {
    help: "Name of this host, as nova-compute's host option has it. Empty: the machine's host name.",
  }),
  exceptionInterval: option(AGENT, 'exception_interval', integer({ min: 1 }), 5, {
    help: 'Seconds to wait after an unexpected error. At least 1.',
  }),
  healInterval: option(AGENT, 'heal_and_optimize_interval', integer({ min: 1 }), 1800, {
    help: 'Seconds between two comparisons of what Neutron wants with what the system has. At least 1.',
  }),
  reportInterval: option(AGENT, 'report_interval', integer({ min: 1 }), 30, {
    help: "Seconds between two reports to Neutron; less than half of the server's agent_down_time. At least 1.",
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

export interface AgentOptions {
  /** Name of this host in Neutron. */
  readonly host: string;
  readonly exceptionIntervalMs: number;
  readonly healIntervalMs: number;
  readonly reportIntervalMs: number;
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
export function readAgentOptions(config: OsloConfig): AgentOptions {
  return {
    host: config.read(agentOptions.host) || hostname(),
    exceptionIntervalMs: config.read(agentOptions.exceptionInterval) * 1000,
    healIntervalMs: config.read(agentOptions.healInterval) * 1000,
    reportIntervalMs: config.read(agentOptions.reportInterval) * 1000,
  };
}

/** @throws AgentError AGENT_CONFIG when only one half of the credentials is given */
export function readRestOptions(config: OsloConfig): RestOptions {
  const username = config.read(agentOptions.username);
  const password = config.read(agentOptions.password);
  if ((username === '') !== (password === ''))
    throw new AgentError(
      'AGENT_CONFIG',
      'options rest_username and rest_password in [powervm] go together: set both or none',
    );
  return {
    endpoint: config.read(agentOptions.endpoint),
    username,
    password,
    caCerts: config.read(agentOptions.caCerts),
  };
}
