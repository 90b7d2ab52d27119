import { sriovAgent } from '@openstack-powervm/agents';
import type { Command } from 'commander';
import { agentCommand } from '../agent-command.js';

const description = 'run the Neutron agent that serves virtual NICs on SR-IOV ports';

const notes =
  "The agent reads the same files as Neutron's own agents; its options are vnic_required_vfs, vnic_vf_capacity and the\n" +
  'intervals of [AGENT], and rest_endpoint, rest_username, rest_password, rest_ca_certs of [powervm]. Which physical\n' +
  'network an SR-IOV port leads to is said by the port\'s label; a port without label belongs to "default".';

/** Runs the Neutron agent for SR-IOV ports until it is stopped. */
export function sriovAgentCommand(): Command {
  return agentCommand('sriov-agent', sriovAgent, { description, notes });
}
