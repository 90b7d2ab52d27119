import { seaAgent } from '@openstack-powervm/agents';
import type { Command } from 'commander';
import { agentCommand } from '../agent-command.js';

const description = 'run the Neutron agent that puts VLANs on the Shared Ethernet Adapters';

const notes =
  "The agent reads the same files as Neutron's own agents; its options are bridge_mappings and the rest of [AGENT], and\n" +
  'rest_endpoint, rest_username, rest_password, rest_ca_certs of [powervm].';

/** Runs the Neutron agent for the Shared Ethernet Adapter until it is stopped. */
export function seaAgentCommand(): Command {
  return agentCommand('sea-agent', seaAgent, { description, notes });
}
