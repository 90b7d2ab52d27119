import { float, integer, type OsloConfig, option } from '@openstack-powervm/oslo';
import { type AgentOptions, agentOptions, readAgentOptions } from '../agent/options.js';

/** Every option that the agent reads, with the names and defaults of requirements 9.3. */
export const sriovAgentOptions = {
  ...agentOptions,
  redundancy: option('AGENT', 'vnic_required_vfs', integer({ min: 1 }), 2, {
    help: 'Physical ports behind a virtual NIC whose port has no vnic_required_vfs in its binding profile. At least 1.',
  }),
  // 0 stands for "not set": no virtual NIC has no capacity.
  capacity: option('AGENT', 'vnic_vf_capacity', float({ min: 0, max: 1 }), 0, {
    help: 'Part of a physical port for a virtual NIC whose port has no capacity in its binding profile, up to 1. 0: the least that the physical port gives.',
  }),
};

export interface SriovAgentOptions extends AgentOptions {
  /** Physical ports behind a virtual NIC whose port does not say. */
  readonly redundancy: number;
  /** Part of a physical port, above 0 and up to 1; null leaves it to the platform. */
  readonly capacity: number | null;
}

/** @throws OsloError OSLO_CONFIG_VALUE naming file and option (CFG-1) */
export function readSriovAgentOptions(config: OsloConfig): SriovAgentOptions {
  return {
    ...readAgentOptions(config),
    redundancy: config.read(sriovAgentOptions.redundancy),
    capacity: config.read(sriovAgentOptions.capacity) || null,
  };
}
