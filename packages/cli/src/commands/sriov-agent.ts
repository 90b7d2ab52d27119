import { sriovAgent } from '@openstack-powervm/agents';
import type { Command } from 'commander';
import { agentCommand } from '../agent-command.js';

const description = 'run the Neutron agent that serves virtual NICs on SR-IOV ports';

const examples = `
The agent reads the same files as Neutron's own agents; its options are vnic_required_vfs, vnic_vf_capacity and the
intervals of [AGENT], and rest_endpoint, rest_username, rest_password, rest_ca_certs of [powervm]. Which physical
network an SR-IOV port leads to is said by the port's label; a port without label belongs to "default".

Example:
  powervm sriov-agent --config-file /etc/neutron/neutron.conf --config-file /etc/neutron/plugins/powervm/sriov.ini
`;

/** Runs the Neutron agent for SR-IOV ports until it is stopped. */
export function sriovAgentCommand(): Command {
  return agentCommand('sriov-agent', sriovAgent, { description, examples });
}
